package io.amivet.artifact.vcs;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ~/.cvspass} (cvs(1), "Password authentication client"): a CVSROOT and a scrambled password
 * a line, since CVS 1.11.1 with {@code /1 } before.
 *
 * <p>Kinds: {@code cvs-password}; {@code cvs-empty-password} for a login that has none, as public
 * servers hand out.
 */
final class CvsPassParser implements ArtifactParser {
  private static final int MAX_ENTRIES = 1000;

  /** The scrambled password comes last and may hold blanks (a blank stands for {@code r}). */
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:/1 )?:(?<method>[a-z]{1,16})(?:;[^:\\s]{0,256})?:"
              + "(?:(?<user>[^@:\\s]{1,256})(?::[^@\\s]{0,256})?@)?"
              + "(?<host>[A-Za-z0-9._-]{1,256}|\\[[0-9A-Fa-f:.]{2,64}\\])"
              + "(?::(?<port>[0-9]{0,5}))?(?<root>/\\S{0,1024}) (?<scrambled>A[ -~]{0,1024})");

  @Override
  public String name() {
    return "cvspass";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> found = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      if (found.size() == MAX_ENTRIES) {
        break;
      }
      entry(line).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Artifact> entry(TextLines.Line line) {
    Matcher entry = ENTRY.matcher(line.text());
    if (!entry.matches()) {
      return Optional.empty();
    }
    return CvsScramble.descramble(entry.group("scrambled"))
        .map(password -> artifact(line, entry, password));
  }

  private static Artifact artifact(TextLines.Line line, Matcher entry, String password) {
    String user = Optional.ofNullable(entry.group("user")).orElse("");
    String server = entry.group("host");
    Map<String, String> fields =
        Map.of("method", entry.group("method"), "user", user, "host", server);
    Evidence login =
        Evidence.of(
            ":"
                + entry.group("method")
                + ":"
                + (user.isEmpty() ? "" : user + "@")
                + server
                + " with ");
    if (password.isEmpty()) {
      return new Artifact(
          "cvs-empty-password",
          line.number(),
          line.offset(),
          login.plus("an empty password"),
          fields,
          List.of());
    }
    Secret secret = Secret.ofLatin1(password);
    return new Artifact(
        "cvs-password",
        line.number(),
        line.offset(),
        login.plus("password ").plus(secret),
        fields,
        List.of(secret));
  }
}
