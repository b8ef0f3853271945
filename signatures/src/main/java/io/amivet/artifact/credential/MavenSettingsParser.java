package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.ArrayList;
import java.util.List;

/**
 * Maven's {@code settings.xml}: {@code server-password} with the fields {@code server}, {@code
 * user} and {@code form} ({@code plain}, or {@code encrypted} for {@code {…}}, which whoever has
 * {@code settings-security.xml} can decrypt).
 */
final class MavenSettingsParser implements ArtifactParser {

  @Override
  public String name() {
    return "maven-settings";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    String id = "";
    String user = "";
    String password = "";
    for (Xml.Element element : Xml.elements(file.bytes())) {
      boolean inServer = element.parent().equals("server") || element.parent().equals("proxy");
      switch (element.name()) {
        case "id" -> id = inServer ? element.text() : id;
        case "username" -> user = inServer ? element.text() : user;
        case "password", "passphrase" -> password = inServer ? element.text() : password;
        case "server", "proxy" -> {
          boolean encrypted = password.matches("\\{[A-Za-z0-9+/=]{20,500}\\}");
          if (encrypted || SecretValues.isSecret(password)) {
            facts.add(
                Fact.of(file, "server-password")
                    .with("server", id)
                    .with("user", user)
                    .with("form", encrypted ? "encrypted" : "plain")
                    .secret("password", password)
                    .build());
          }
          id = "";
          user = "";
          password = "";
        }
        default -> {
          // Mirrors, profiles and the rest.
        }
      }
    }
    return facts;
  }
}
