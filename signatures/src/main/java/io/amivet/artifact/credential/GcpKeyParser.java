package io.amivet.artifact.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Json;
import io.amivet.artifact.PrivateKeyText;
import java.util.List;

/**
 * Google credentials in JSON: {@code service-account-key} (fields {@code email}, {@code project}),
 * whose private key must be whole; {@code user-credentials}, the refresh token of a person.
 */
final class GcpKeyParser implements ArtifactParser {
  private static final int MAX_BYTES = 64 << 10;
  private static final String END_MARK = "-----END ";

  @Override
  public String name() {
    return "gcp-key";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    if (file.bytes().length > MAX_BYTES || file.latin1().indexOf("\"type\"") < 0) {
      return List.of();
    }
    JsonNode json = Json.tree(file.bytes());
    String key = json.path("private_key").asText("");
    String token = json.path("refresh_token").asText("");
    return switch (json.path("type").asText("")) {
      case "service_account" ->
          PrivateKeyText.isPlain(key)
              ? List.of(
                  Fact.of(file, "service-account-key")
                      .with("email", json.path("client_email").asText(""))
                      .with("project", json.path("project_id").asText(""))
                      .at(Math.max(0, file.latin1().indexOf("private_key\"")))
                      .secret("private_key", asWritten(file.latin1(), key))
                      .build())
              : List.of();
      case "authorized_user" ->
          SecretValues.isSecret(token)
              ? List.of(
                  Fact.of(file, "user-credentials")
                      .with("client", json.path("client_id").asText(""))
                      .secret("refresh_token", token)
                      .build())
              : List.of();
      default -> List.of();
    };
  }

  /** The key with the escapes of JSON left in, which is how a token rule sees the same secret. */
  private static String asWritten(String json, String key) {
    int start = json.indexOf("-----BEGIN ");
    int end = json.indexOf(END_MARK, Math.max(0, start));
    int last = end < 0 ? -1 : json.indexOf("-----", end + END_MARK.length());
    return start < 0 || last < 0 ? key : json.substring(start, last + "-----".length());
  }
}
