package io.amivet.artifact.account;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import io.amivet.artifact.TextLines;
import io.amivet.artifact.account.DefaultPasswords.Guess;
import io.amivet.artifact.account.DefaultPasswords.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * crypt(3) hashes wherever they stand in a text: the answers of an installer (kickstart, preseed,
 * autoinstall), user-data of cloud-init ({@code chpasswd}, {@code passwd}), {@code opasswd} of
 * pam_unix(8). Whose a hash is, the line or the lines around it tell. Passwords in the clear count
 * if they are defaults.
 *
 * <p>{@code usable-hash}, {@code default-password}: fields {@code user}, {@code scheme}, {@code
 * cost}, {@code defaultPassword} (how the search ended).
 */
final class PasswordHashesParser implements ArtifactParser {
  private static final int MAX_HASHES = 1_000;
  private static final int MAX_LINE_CHARS = 16 << 10;

  /** How far a block about one user goes. */
  private static final int NEAR_LINES = 8;

  private static final String END = "(?![./0-9A-Za-z])";

  private static final Pattern HASH =
      Pattern.compile(
          "(?<![./0-9A-Za-z$])\\$(?:[156y7]|gy|2[abxy]|sha1)\\$(?:rounds=\\d{1,9}\\$)?"
              + "[./0-9A-Za-z$]{20,260}"
              + END);

  private static final String NAME = "([a-z_][a-z0-9_.-]{0,31})";

  /** {@code al:HASH}, as chpasswd(8) reads it, and {@code al:1000:2:HASH,HASH} of opasswd. */
  private static final Pattern IN_FRONT =
      Pattern.compile(
          "(?:^|[\\s\"'|-])" + NAME + ":(?:\\d{1,10}:\\d{1,5}:(?:[^:\\s]{0,4000},)?)?$");

  private static final Pattern OPTION = Pattern.compile("--name[= ]\"?" + NAME);

  private static final Pattern ROOT = Pattern.compile("\\brootpw\\b|/root-password");

  /** {@code name: al} in YAML, {@code passwd/username string al} of preseed. */
  private static final Pattern NAMED =
      Pattern.compile(
          "^[\\s-]{0,40}\"?(?:name|user|username)\"?\\s{0,4}:\\s{0,4}[\"']?"
              + NAME
              + "|passwd/username\\s+string\\s+"
              + NAME);

  @Override
  public String name() {
    return "password-hashes";
  }

  private record Found(TextLines.Line line, int column, Guess guess) {}

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<TextLines.Line> lines = new ArrayList<>();
    TextLines.of(file).forEach(lines::add);
    DefaultPasswords defaults = DefaultPasswords.of(image);
    List<Found> found = new ArrayList<>();
    List<Artifact> artifacts = new ArrayList<>();
    for (int i = 0; i < lines.size() && found.size() < MAX_HASHES; i++) {
      TextLines.Line line = lines.get(i);
      if (line.text().length() > MAX_LINE_CHARS) {
        continue;
      }
      Matcher hash = HASH.matcher(line.text());
      while (found.size() < MAX_HASHES && hash.find()) {
        Optional<PasswordField> password = PasswordField.ofHash(hash.group());
        if (password.isPresent()) {
          String user = user(lines, i, line.text().substring(0, hash.start()));
          found.add(new Found(line, hash.start(), new Guess(user, password.get())));
        }
      }
      if (artifacts.size() < MAX_HASHES) {
        plain(lines, i, defaults).ifPresent(artifacts::add);
      }
    }
    Map<Guess, Outcome> outcomes = defaults.search(found.stream().map(Found::guess).toList());
    for (Found one : found) {
      artifacts.add(artifact(one, outcomes.getOrDefault(one.guess(), Outcome.SKIPPED)));
    }
    return artifacts;
  }

  private static Optional<Artifact> plain(
      List<TextLines.Line> lines, int index, DefaultPasswords defaults) {
    Optional<PlainPasswords.Plain> plain = PlainPasswords.in(lines, index);
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    String word = plain.get().word();
    String user = plain.get().user().isEmpty() ? near(lines, index) : plain.get().user();
    TextLines.Line line = lines.get(index);
    return defaults
        .kindOf(user, word)
        .map(outcome ->
            new Artifact(
                "default-password",
                line.number(),
                line.offset() + plain.get().column(),
                Evidence.of(owner(user) + "default password in the clear"),
                Fields.of("user", user)
                    .and("scheme", "plain")
                    .and("defaultPassword", outcome.toString())
                    .map(),
                List.of(Secret.ofLatin1(word))));
  }

  private static Artifact artifact(Found found, Outcome outcome) {
    PasswordField password = found.guess().password();
    String user = found.guess().user();
    Fields fields =
        Fields.of("user", user)
            .and("scheme", password.scheme())
            .and("cost", password.cost())
            .and("defaultPassword", outcome.toString());
    String what = password.scheme() + " hash" + (outcome.found() ? " of a default password" : "");
    return new Artifact(
        outcome.found() ? "default-password" : "usable-hash",
        found.line().number(),
        found.line().offset() + found.column(),
        Evidence.of(owner(user) + what),
        fields.map(),
        List.of(Secret.ofLatin1(password.hash())));
  }

  private static String owner(String user) {
    return user.isEmpty() ? "" : user + ": ";
  }

  private static String user(List<TextLines.Line> lines, int index, String before) {
    Matcher inFront = IN_FRONT.matcher(before);
    if (inFront.find()) {
      return inFront.group(1);
    }
    String line = lines.get(index).text();
    Matcher option = OPTION.matcher(line);
    if (option.find()) {
      return option.group(1);
    }
    if (ROOT.matcher(before).find()) {
      return "root";
    }
    return near(lines, index);
  }

  /** The user that the nearest line names. */
  private static String near(List<TextLines.Line> lines, int index) {
    for (int distance = 1; distance <= NEAR_LINES; distance++) {
      int behind = index + distance;
      Optional<String> named = named(lines, index - distance).or(() -> named(lines, behind));
      if (named.isPresent()) {
        return named.get();
      }
    }
    return "";
  }

  private static Optional<String> named(List<TextLines.Line> lines, int index) {
    if (index < 0 || index >= lines.size()) {
      return Optional.empty();
    }
    String text = lines.get(index).text();
    Matcher named = NAMED.matcher(text.length() > 500 ? text.substring(0, 500) : text);
    return named.find()
        ? Optional.of(named.group(1) == null ? named.group(2) : named.group(1))
        : Optional.empty();
  }
}
