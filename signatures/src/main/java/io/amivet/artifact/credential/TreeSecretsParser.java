package io.amivet.artifact.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Json;
import io.amivet.artifact.Yaml;
import java.util.List;
import java.util.function.Function;

/** {@link TreeSecrets} of a JSON or a YAML file. */
final class TreeSecretsParser implements ArtifactParser {
  private final String name;
  private final Function<byte[], JsonNode> reader;

  private TreeSecretsParser(String name, Function<byte[], JsonNode> reader) {
    this.name = name;
    this.reader = reader;
  }

  static ArtifactParser ofJson() {
    return new TreeSecretsParser("json-secrets", Json::tree);
  }

  static ArtifactParser ofYaml() {
    return new TreeSecretsParser("yaml-secrets", Yaml::tree);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    return TreeSecrets.in(file, reader.apply(file.bytes()));
  }
}
