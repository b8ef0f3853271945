package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.ArrayList;
import java.util.List;

/**
 * Secrets under sensitive names in INI and TOML files: option files of MySQL, {@code .pypirc},
 * {@code rclone.conf}, {@code config.toml} of runners.
 *
 * <p>{@code secret}: fields {@code section}, {@code key}, {@code user}. A URL that carries a
 * password: {@code url-credential} of {@link UrlCredentials}.
 */
final class IniSecretsParser implements ArtifactParser {
  private static final int MAX_FACTS = 200;

  @Override
  public String name() {
    return "ini-secrets";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<IniFile.Setting> settings = IniFile.read(file);
    List<Artifact> facts = new ArrayList<>();
    for (IniFile.Setting setting : settings) {
      if (facts.size() == MAX_FACTS) {
        break;
      }
      if (SensitiveNames.isSensitive(setting.key()) && SecretValues.isSecret(setting.value())) {
        facts.add(
            Fact.of(file, "secret")
                .with("section", setting.section())
                .with("user", user(settings, setting.section()))
                .withHidden("key", IniFile.lower(setting.key()))
                .secret(setting.key(), setting.value())
                .build());
      } else {
        facts.addAll(UrlCredentials.in(file, setting.value()));
      }
    }
    return facts;
  }

  private static String user(List<IniFile.Setting> settings, String section) {
    String user = IniFile.value(settings, section, "user");
    return user.isEmpty() ? IniFile.value(settings, section, "username") : user;
  }
}
