package io.amivet.artifact.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Logins to container registries: {@code config.json} of docker(1), containers-auth.json(5), and
 * the older {@code .dockercfg}. {@code registry-login}: fields {@code registry}, {@code user}. A
 * file that only names credential helpers holds none.
 */
final class DockerConfigParser implements ArtifactParser {
  private static final int MAX_LOGINS = 200;

  @Override
  public String name() {
    return "docker-config";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    JsonNode root = Json.tree(file.bytes());
    JsonNode logins = root.has("auths") ? root.path("auths") : root;
    List<Artifact> facts = new ArrayList<>();
    for (var login : logins.properties()) {
      if (facts.size() < MAX_LOGINS) {
        add(file, login.getKey(), login.getValue(), facts);
      }
    }
    return facts;
  }

  private static void add(
      ArtifactFile file, String registry, JsonNode login, List<Artifact> facts) {
    String token = login.path("identitytoken").asText(login.path("registrytoken").asText(""));
    if (SecretValues.isSecret(token)) {
      facts.add(
          Fact.of(file, "registry-login")
              .with("registry", registry)
              .secret("identitytoken", token)
              .build());
      return;
    }
    String auth = login.path("auth").asText("");
    String pair = decoded(auth);
    int colon = pair.indexOf(':');
    if (colon > 0 && SecretValues.isSecret(pair.substring(colon + 1))) {
      facts.add(
          Fact.of(file, "registry-login")
              .with("registry", registry)
              .with("user", pair.substring(0, colon))
              .secret("auth", auth)
              .build());
    }
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
