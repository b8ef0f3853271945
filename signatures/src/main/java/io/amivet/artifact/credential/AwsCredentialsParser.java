package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.AwsAccessKeyId;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * AWS keys in {@code ~/.aws/credentials} and {@code ~/.aws/config} (AWS CLI user guide,
 * "Configuration and credential file settings"), and in the older files of boto and s3cmd.
 *
 * <p>{@code aws-key}: fields {@code profile}, {@code accessKeyId}, {@code account}, {@code term}
 * ({@code long}, {@code temporary}). {@code credential-process}: field {@code profile}, {@code
 * program}.
 */
final class AwsCredentialsParser implements ArtifactParser {
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9/+]{40}");

  @Override
  public String name() {
    return "aws-credentials";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<IniFile.Setting> settings = IniFile.read(file);
    List<Artifact> facts = new ArrayList<>();
    for (String section : IniFile.sections(settings)) {
      String id = first(settings, section, "aws_access_key_id", "access_key", "access_key_id");
      String secret =
          first(settings, section, "aws_secret_access_key", "secret_key", "secret_access_key");
      if (AwsAccessKeyId.isKeyId(id)
          && SECRET.matcher(secret).matches()
          && !Placeholders.isPlaceholder(id)
          && !Placeholders.isPlaceholder(secret)) {
        facts.add(key(file, section, id, secret));
      }
      String process = IniFile.value(settings, section, "credential_process");
      if (!process.isEmpty()) {
        facts.add(
            Fact.of(file, "credential-process")
                .with("profile", section)
                .with("program", process.split("\\s", 2)[0])
                .at(file.latin1().indexOf("credential_process"))
                .build());
      }
    }
    return facts;
  }

  private static Artifact key(ArtifactFile file, String section, String id, String secret) {
    return Fact.of(file, "aws-key")
        .with("profile", section.replaceFirst("^profile\\s+", ""))
        .with("accessKeyId", id)
        .with("account", AwsAccessKeyId.account(id).orElse(""))
        .withHidden("term", AwsAccessKeyId.isTemporary(id) ? "temporary" : "long")
        .secret("aws_secret_access_key", secret)
        .build();
  }

  private static String first(List<IniFile.Setting> settings, String section, String... keys) {
    for (String key : keys) {
      String value = IniFile.value(settings, section, key);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
