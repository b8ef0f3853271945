package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import io.amivet.artifact.TextLines;
import io.amivet.artifact.Yaml;
import io.amivet.artifact.history.ShellLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * User-data as cloud-init keeps it (cloud-init manual, "User data formats"): a script, a {@code
 * #cloud-config}, or several of them as MIME parts; each perhaps gzipped or base64.
 *
 * <p>{@code user-data}: fields {@code format}, {@code parts}. {@code secret}: field {@code key};
 * its line is 0 where it stood inside an encoding.
 */
final class UserDataParser implements ArtifactParser {
  private static final int MAX_UNPACKED_BYTES = 4 << 20;
  private static final int MAX_ENCODINGS = 4;
  private static final int MAX_PARTS = 100;
  private static final int MAX_FACTS = 100;

  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?<![A-Za-z0-9_-])(?:--)?([A-Za-z_][A-Za-z0-9_-]{1,60})[\"']?\\s{0,3}[:=]\\s{0,3}"
              + "(\"[^\"\\n]{1,400}\"|'[^'\\n]{1,400}'|[^\\s\"',;&|]{1,400})");

  /** The base64 of a file to write ({@code write_files} with {@code encoding: b64}). */
  private static final Pattern WRITTEN_FILE =
      Pattern.compile(
          "content[\"']?:\\s{0,10}(?:!!binary\\s{1,4})?[|\"']?\\s{0,20}([A-Za-z0-9+/]{24,100000}={0,2})");

  private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=\"?([^\"\\s;]{1,100})\"?");

  @Override
  public String name() {
    return "user-data";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    String text = decoded(file.bytes());
    if (text.isBlank() || isOnlyComment(text)) {
      return List.of();
    }
    List<String> parts = parts(text);
    List<Artifact> facts = new ArrayList<>();
    facts.add(
        Fact.of(file, "user-data")
            .with("format", format(text))
            .with("parts", Integer.toString(parts.size()))
            .at(0)
            .build());
    for (String part : parts) {
      addSecrets(file, part, facts);
      Matcher written = WRITTEN_FILE.matcher(part);
      for (int i = 0; i < MAX_PARTS && written.find(); i++) {
        addSecrets(file, decoded(written.group(1).getBytes(StandardCharsets.ISO_8859_1)), facts);
      }
    }
    return facts;
  }

  /** Unwraps gzip and base64, a few times at most and to a few megabytes at most. */
  private static String decoded(byte[] bytes) {
    byte[] content = bytes;
    for (int i = 0; i < MAX_ENCODINGS; i++) {
      if (content.length > 2 && content[0] == 0x1f && (content[1] & 0xff) == 0x8b) {
        content = gunzipped(content);
        continue;
      }
      String text = new String(content, StandardCharsets.ISO_8859_1);
      if (!text.strip().matches("[A-Za-z0-9+/\\s]{24,}={0,2}") || text.strip().contains(" ")) {
        break;
      }
      try {
        content = Base64.getMimeDecoder().decode(content);
      } catch (IllegalArgumentException e) {
        break;
      }
    }
    return new String(content, StandardCharsets.ISO_8859_1);
  }

  private static byte[] gunzipped(byte[] bytes) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readNBytes(MAX_UNPACKED_BYTES);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static boolean isOnlyComment(String text) {
    for (String line : text.split("\n", 1000)) {
      if (!line.isBlank() && (!line.startsWith("#") || line.startsWith("#!"))) {
        return false;
      }
    }
    return true;
  }

  private static String format(String text) {
    if (text.startsWith("#cloud-config")) {
      return "cloud-config";
    }
    if (text.startsWith("#!")) {
      return "script";
    }
    return BOUNDARY.matcher(text).find() ? "mime" : "other";
  }

  /** The bodies of MIME parts, decoded; or the text itself. */
  private static List<String> parts(String text) {
    Matcher boundary = BOUNDARY.matcher(text);
    boolean mime =
        text.stripLeading()
            .toLowerCase(Locale.ROOT)
            .matches("(?s)(?:content-type|mime-version|from nobody).*");
    if (!mime || !boundary.find()) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    for (String part : text.split(Pattern.quote("--" + boundary.group(1)), MAX_PARTS)) {
      int body = part.indexOf("\n\n") < 0 ? part.indexOf("\r\n\r\n") : part.indexOf("\n\n");
      if (body >= 0 && !part.strip().isEmpty()) {
        parts.add(decoded(part.substring(body).strip().getBytes(StandardCharsets.ISO_8859_1)));
      }
    }
    return parts;
  }

  /** Whether the tree of a cloud-config did not give the same secret already. */
  private static boolean isNew(List<Artifact> facts, String value) {
    Secret secret = Secret.ofLatin1(value);
    return facts.stream().noneMatch(fact -> fact.secrets().contains(secret));
  }

  private static void addSecrets(ArtifactFile file, String part, List<Artifact> facts) {
    if (part.startsWith("#cloud-config")) {
      facts.addAll(TreeSecrets.in(file, Yaml.tree(part.getBytes(StandardCharsets.ISO_8859_1))));
    }
    for (TextLines.Line line : TextLines.of(part.getBytes(StandardCharsets.ISO_8859_1))) {
      String text = line.text();
      if (text.stripLeading().startsWith("#") || facts.size() >= MAX_FACTS) {
        continue;
      }
      Matcher assignment = ASSIGNMENT.matcher(text);
      while (assignment.find()) {
        String value = IniFile.unquoted(assignment.group(2));
        if (SensitiveNames.isSensitive(assignment.group(1))
            && SecretValues.isSecret(value)
            && isNew(facts, value)) {
          facts.add(
              Fact.of(file, "secret")
                  .withHidden("key", assignment.group(1))
                  .secret(assignment.group(1), value)
                  .build());
        }
      }
      for (Secret typed : ShellLine.secrets(text)) {
        String value = new String(typed.reveal(), StandardCharsets.ISO_8859_1);
        if (facts.stream().noneMatch(fact -> fact.secrets().contains(typed))) {
          facts.add(Fact.of(file, "secret").withHidden("key", "").secret("command", value).build());
        }
      }
      for (Artifact url : UrlCredentials.in(file, text)) {
        if (facts.stream().noneMatch(fact -> fact.secrets().equals(url.secrets()))) {
          facts.add(url);
        }
      }
    }
  }
}
