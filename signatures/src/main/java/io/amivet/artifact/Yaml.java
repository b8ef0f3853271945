package io.amivet.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML that may not be any, as the same tree as JSON; all scalars are text. From the parser's
 * events with a stack of our own, so that nesting is bounded; aliases read as nothing, so that a
 * small file cannot unfold into a large tree.
 */
public final class Yaml {
  private static final int MAX_CHARS = 4 << 20;
  private static final int MAX_DEPTH = 100;

  private final Deque<JsonNode> open = new ArrayDeque<>();
  private final Deque<String> keys = new ArrayDeque<>();
  private @Nullable JsonNode root;

  private Yaml() {}

  /**
   * The first document as far as it can be read; a missing node if there is nothing. Bytes are
   * taken as Latin-1, so that values are found again in the file.
   */
  public static JsonNode tree(byte[] bytes) {
    Yaml reader = new Yaml();
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MAX_CHARS).build();
    try {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      for (Event event : new Parse(settings).parseString(text)) {
        if (!reader.accept(event)) {
          break;
        }
      }
    } catch (YamlEngineException e) {
      // What was read before the fault still counts.
    }
    JsonNode found = reader.root;
    return found == null ? MissingNode.getInstance() : found;
  }

  private boolean accept(Event event) {
    switch (event.getEventId()) {
      case Scalar -> scalar(((ScalarEvent) event).getValue());
      case Alias -> scalar("");
      case MappingStart -> {
        return start(JsonNodeFactory.instance.objectNode());
      }
      case SequenceStart -> {
        return start(JsonNodeFactory.instance.arrayNode());
      }
      case MappingEnd, SequenceEnd -> end();
      case DocumentEnd -> {
        return root == null;
      }
      default -> {
        // The stream's start and end, the document's start, comments.
      }
    }
    return true;
  }

  private boolean start(JsonNode collection) {
    if (open.size() == MAX_DEPTH) {
      return false;
    }
    if (root == null) {
      root = collection;
    } else {
      attach(collection);
    }
    open.push(collection);
    keys.push("");
    return true;
  }

  private void end() {
    open.pop();
    keys.pop();
  }

  private void scalar(String text) {
    if (open.peek() instanceof ObjectNode && keys.element().isEmpty()) {
      keys.pop();
      keys.push(text.isEmpty() ? "?" : text);
    } else if (root == null) {
      root = TextNode.valueOf(text);
    } else {
      attach(TextNode.valueOf(text));
    }
  }

  /** Adds to the collection being read. A collection as a key is dropped, with its value. */
  private void attach(JsonNode node) {
    JsonNode parent = open.peek();
    if (parent instanceof ArrayNode array) {
      array.add(node);
    } else if (parent instanceof ObjectNode object) {
      String key = keys.pop();
      object.set(key.isEmpty() ? "?" : key, node);
      keys.push("");
    }
  }
}
