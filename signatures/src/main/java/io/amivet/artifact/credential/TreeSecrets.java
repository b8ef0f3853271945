package io.amivet.artifact.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Secrets under sensitive names anywhere in a JSON or YAML tree. {@code secret}: fields {@code key}
 * (the last name of the path), {@code place} (the whole path), {@code user}.
 */
final class TreeSecrets {
  private static final int MAX_FACTS = 200;
  private static final int MAX_NODES = 500_000;

  private record Visit(String place, JsonNode node) {}

  private TreeSecrets() {}

  static List<Artifact> in(ArtifactFile file, JsonNode root) {
    List<Artifact> facts = new ArrayList<>();
    Deque<Visit> todo = new ArrayDeque<>();
    todo.push(new Visit("", root));
    int nodes = 0;
    while (!todo.isEmpty() && facts.size() < MAX_FACTS && nodes++ < MAX_NODES) {
      Visit visit = todo.pop();
      JsonNode node = visit.node();
      if (node.isObject()) {
        for (var property : node.properties()) {
          String place = visit.place() + (visit.place().isEmpty() ? "" : ".") + property.getKey();
          JsonNode value = property.getValue();
          if (value.isContainerNode()) {
            todo.add(new Visit(shortened(place), value));
          } else {
            facts.addAll(facts(file, node, property.getKey(), place, value.asText()));
          }
        }
      } else if (node.isArray()) {
        for (JsonNode item : node) {
          if (item.isContainerNode()) {
            todo.add(new Visit(visit.place(), item));
          } else {
            facts.addAll(UrlCredentials.in(file, item.asText()));
          }
        }
      }
    }
    return facts;
  }

  private static List<Artifact> facts(
      ArtifactFile file, JsonNode parent, String key, String place, String value) {
    if (SensitiveNames.isSensitive(key) && SecretValues.isSecret(value)) {
      return List.of(
          Fact.of(file, "secret")
              .with("user", user(parent))
              .withHidden("key", key)
              .withHidden("place", place)
              .secret(place, value)
              .build());
    }
    return UrlCredentials.in(file, value);
  }

  private static String user(JsonNode parent) {
    String user = parent.path("user").asText("");
    return user.isEmpty() ? parent.path("username").asText("") : user;
  }

  private static String shortened(String place) {
    return place.length() <= 300 ? place : place.substring(place.length() - 300);
  }
}
