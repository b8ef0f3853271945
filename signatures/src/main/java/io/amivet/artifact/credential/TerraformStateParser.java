package io.amivet.artifact.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Terraform and OpenTofu state, versions 3 and 4. {@code state}: field {@code resources}, their
 * number; {@code secret} for each attribute with a sensitive name, as in {@link TreeSecrets}.
 */
final class TerraformStateParser implements ArtifactParser {

  @Override
  public String name() {
    return "terraform-state";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    JsonNode root = Json.tree(file.bytes());
    if (!root.has("terraform_version")) {
      return List.of();
    }
    int resources = root.path("resources").size();
    for (JsonNode module : root.path("modules")) {
      resources += module.path("resources").size();
    }
    List<Artifact> facts = new ArrayList<>();
    if (resources > 0 || root.path("outputs").size() > 0) {
      facts.add(
          Fact.of(file, "state").with("resources", Integer.toString(resources)).at(0).build());
    }
    facts.addAll(TreeSecrets.in(file, root));
    return facts;
  }
}
