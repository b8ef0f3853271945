package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Assignments of environment variables: {@code .env} files, {@code /etc/environment}, shell
 * profiles, {@code Environment=} of systemd.exec(5).
 *
 * <p>{@code secret}: fields {@code key}, {@code cloud} ({@code true} for a variable of a cloud
 * provider's tools). {@code url-credential} as elsewhere.
 */
final class EnvironmentParser implements ArtifactParser {
  private static final int MAX_FACTS = 200;

  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "^\\s*(?:(?:export|setenv|declare -x|set -gx|Environment=)\\s*)?[\"']?"
              + "([A-Za-z_][A-Za-z0-9_.-]{1,100})\\s*=\\s*(.{1,16000})$");

  /** What may set several variables in one line. */
  private static final Pattern SEVERAL =
      Pattern.compile("\\s*(?:(?:export|declare -x)\\s+|(?:Default)?Environment\\s*=\\s*)");

  /** {@code "NAME=value"} as systemd quotes it, or {@code NAME="value"} as shells do. */
  private static final Pattern WORD =
      Pattern.compile(
          "([\"'])([A-Za-z_][A-Za-z0-9_]{1,100})=(.{0,4000}?)(?<!\\\\)\\1(?=\\s|$)"
              + "|([A-Za-z_][A-Za-z0-9_]{1,100})=(\"[^\"]{0,4000}\"|'[^']{0,4000}'|\\S{1,4000})");

  private static final Pattern CLOUD =
      Pattern.compile(
          "AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_SECRET_KEY|AZURE_CLIENT_SECRET|ARM_CLIENT_SECRET"
              + "|AZURE_STORAGE_KEY|DIGITALOCEAN_(?:ACCESS_)?TOKEN|OS_PASSWORD|HCLOUD_TOKEN"
              + "|LINODE_TOKEN|CLOUDFLARE_API_(?:TOKEN|KEY)|SCW_SECRET_KEY|ALICLOUD_SECRET_KEY"
              + "|GOOGLE_CREDENTIALS|B2_APPLICATION_KEY");

  @Override
  public String name() {
    return "environment";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      if (facts.size() == MAX_FACTS) {
        break;
      }
      String text = line.text();
      if (text.stripLeading().startsWith("#")) {
        continue;
      }
      Matcher several = SEVERAL.matcher(text);
      Matcher assignment = ASSIGNMENT.matcher(text);
      if (several.lookingAt()) {
        addWords(file, text.substring(several.end()), facts);
      } else if (assignment.matches()) {
        facts.addAll(facts(file, assignment.group(1), value(assignment.group(2))));
      }
    }
    return facts;
  }

  private static void addWords(ArtifactFile file, String words, List<Artifact> facts) {
    Matcher word = WORD.matcher(words);
    while (word.find() && facts.size() < MAX_FACTS) {
      boolean quoted = word.group(2) != null;
      facts.addAll(
          quoted
              ? facts(file, word.group(2), word.group(3))
              : facts(file, word.group(4), IniFile.unquoted(word.group(5)).replaceAll(";+$", "")));
    }
  }

  /** What one variable gives away. */
  static List<Artifact> facts(ArtifactFile file, String key, String value) {
    String name = key.toUpperCase(Locale.ROOT);
    if (SensitiveNames.isSensitive(key) && SecretValues.isSecret(value)) {
      return List.of(
          Fact.of(file, "secret")
              .withHidden("key", name)
              .withHidden("cloud", Boolean.toString(CLOUD.matcher(name).matches()))
              .secret(key, value)
              .build());
    }
    return UrlCredentials.in(file, value);
  }

  /** A quoted value ends at its quote, a bare one at a blank; what follows may be a comment. */
  private static String value(String text) {
    String stripped = text.strip();
    Optional<String> quoted =
        stripped.startsWith("\"") || stripped.startsWith("'")
            ? Optional.of(IniFile.unquoted(stripped))
            : Optional.empty();
    return quoted.orElseGet(() -> stripped.split("\\s", 2)[0].replaceAll("[\"';]+$", ""));
  }
}
