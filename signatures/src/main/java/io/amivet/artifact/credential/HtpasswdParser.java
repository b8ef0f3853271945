package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import io.amivet.artifact.account.DefaultPasswords;
import io.amivet.artifact.account.DefaultPasswords.Guess;
import io.amivet.artifact.account.DefaultPasswords.Outcome;
import io.amivet.artifact.account.PasswordField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Password files of htpasswd(1) and htdigest(1). {@code hash}, or {@code default-password} if a
 * default opens it: fields {@code user}, {@code scheme} ({@code bcrypt}, {@code apr1}, {@code
 * sha1}, {@code digest}, {@code crypt}, {@code des}), {@code defaultPassword} (how the search
 * ended).
 */
final class HtpasswdParser implements ArtifactParser {
  private static final Pattern LINE = Pattern.compile("([^:#\\s][^:]{0,200}):(\\S{13,300})");
  private static final int MAX_FACTS = 200;

  @Override
  public String name() {
    return "htpasswd";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Login> logins = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      Matcher entry = LINE.matcher(line.text().strip());
      if (logins.size() < MAX_FACTS && entry.matches()) {
        login(entry.group(1), entry.group(2), line.text().strip()).ifPresent(logins::add);
      }
    }
    Map<Guess, Outcome> outcomes =
        DefaultPasswords.of(image).search(logins.stream().map(Login::guess).toList());
    List<Artifact> facts = new ArrayList<>();
    for (Login login : logins) {
      Outcome outcome = outcomes.getOrDefault(login.guess(), Outcome.UNSUPPORTED);
      facts.add(
          Fact.of(file, outcome.found() ? "default-password" : "hash")
              .with("user", login.guess().user())
              .with("scheme", login.scheme())
              .withHidden("defaultPassword", outcome.toString())
              .secret("hash", login.hash())
              .build());
    }
    return facts;
  }

  private record Login(String scheme, String hash, Guess guess) {}

  private static Optional<Login> login(String user, String hash, String line) {
    String scheme = scheme(hash);
    return PasswordField.ofWebServer(scheme.equals("digest") ? line : hash)
        .map(password -> new Login(scheme, hash, new Guess(user, password)))
        .filter(_ -> !scheme.isEmpty());
  }

  private static String scheme(String hash) {
    if (hash.matches("\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}")) {
      return "bcrypt";
    }
    if (hash.matches("\\$apr1\\$[./A-Za-z0-9]{1,8}\\$[./A-Za-z0-9]{22}")) {
      return "apr1";
    }
    if (hash.matches("\\{SHA\\}[A-Za-z0-9+/]{27}=")) {
      return "sha1";
    }
    if (hash.matches("[^:]{1,200}:[0-9a-f]{32}")) {
      return "digest";
    }
    if (hash.matches("\\$[156y]\\$\\S{20,200}")) {
      return "crypt";
    }
    return hash.matches("[./A-Za-z0-9]{13}") ? "des" : "";
  }
}
