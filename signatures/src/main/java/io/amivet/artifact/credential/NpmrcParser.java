package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code .npmrc} (npm docs, "npmrc", auth-related configuration): {@code registry-token} with the
 * fields {@code registry}, {@code form} ({@code _authToken}, {@code _auth}, {@code _password}).
 */
final class NpmrcParser implements ArtifactParser {
  private static final List<String> FORMS = List.of("_authToken", "_auth", "_password");

  @Override
  public String name() {
    return "npmrc";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    for (IniFile.Setting setting : IniFile.read(file)) {
      // A line is //npm.example.org/:_authToken=value, or the last part alone.
      String key = setting.key();
      int colon = key.lastIndexOf(':');
      String form = key.substring(colon + 1);
      if (FORMS.contains(form) && SecretValues.isSecret(setting.value())) {
        facts.add(
            Fact.of(file, "registry-token")
                .with("registry", colon > 0 ? key.substring(0, colon) : "")
                .withHidden("form", form)
                .secret(form, setting.value())
                .build());
      }
    }
    return facts;
  }
}
