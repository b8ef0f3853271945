package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code sasl_passwd} of Postfix (SASL_README): {@code host user:password}. Exim's {@code
 * passwd.client} has colons instead. {@code login}: fields {@code host}, {@code user}.
 */
final class SaslPasswdParser implements ArtifactParser {
  private static final Pattern LINE =
      Pattern.compile("\\s*([^\\s#:]\\S{0,200}?)(?:\\s+|:)([^\\s:]{1,200}):(\\S{1,400})\\s*");

  private static final int MAX_FACTS = 200;

  @Override
  public String name() {
    return "sasl-passwd";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      Matcher entry = LINE.matcher(line.text());
      if (facts.size() < MAX_FACTS && entry.matches() && SecretValues.isSecret(entry.group(3))) {
        facts.add(
            Fact.of(file, "login")
                .with("host", entry.group(1))
                .with("user", entry.group(2))
                .secret("password", entry.group(3))
                .build());
      }
    }
    return facts;
  }
}
