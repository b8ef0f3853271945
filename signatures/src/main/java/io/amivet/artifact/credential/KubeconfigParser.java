package io.amivet.artifact.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Yaml;
import java.util.ArrayList;
import java.util.List;

/**
 * A kubeconfig (kubernetes.io, "Organizing Cluster Access Using kubeconfig Files"). {@code
 * cluster-login}: fields {@code user}, {@code server}, {@code form} ({@code token}, {@code
 * client-key-data}, {@code password}). Users that call a program or name a file hold no secret
 * here.
 */
final class KubeconfigParser implements ArtifactParser {
  private static final List<String> FORMS = List.of("token", "client-key-data", "password");
  private static final int MAX_FACTS = 200;

  @Override
  public String name() {
    return "kubeconfig";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    JsonNode root = Yaml.tree(file.bytes());
    if (!root.path("clusters").isArray() || !root.path("users").isArray()) {
      return List.of();
    }
    String server = root.path("clusters").path(0).path("cluster").path("server").asText("");
    List<Artifact> facts = new ArrayList<>();
    for (JsonNode entry : root.path("users")) {
      for (String form : FORMS) {
        String secret = entry.path("user").path(form).asText("");
        if (SecretValues.isSecret(secret) && facts.size() < MAX_FACTS) {
          facts.add(
              Fact.of(file, "cluster-login")
                  .with("user", entry.path("name").asText(""))
                  .with("server", server)
                  .withHidden("form", form)
                  .secret(form, secret)
                  .build());
        }
      }
    }
    return facts;
  }
}
