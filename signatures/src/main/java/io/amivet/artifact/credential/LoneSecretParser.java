package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file that is nothing but one secret: {@code .vault-token}, {@code .vault_pass}, {@code
 * master.key}. {@code secret} without fields. A script, ciphertext or a file of several lines is
 * none.
 */
final class LoneSecretParser implements ArtifactParser {
  private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{8,500}");

  @Override
  public String name() {
    return "lone-secret";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    String text = file.latin1().strip();
    boolean secret =
        text.length() <= 500
            && SECRET.matcher(text).matches()
            && !text.startsWith("#!")
            && SecretValues.isSecret(text);
    return secret ? List.of(Fact.of(file, "secret").secret("content", text).build()) : List.of();
  }
}
