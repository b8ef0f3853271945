package io.amivet.rule;

import io.amivet.rule.YamlNode.Entry;
import io.amivet.rule.YamlNode.Mapping;
import io.amivet.rule.YamlNode.Place;
import io.amivet.rule.YamlNode.Scalar;
import io.amivet.rule.YamlNode.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds a {@link YamlNode} from the parser's events. A stack of our own instead of the library's
 * recursive composer, so that nesting is bounded; no anchors, aliases or tags, so that a small file
 * cannot unfold into a large tree.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 20;

  private final RuleErrors errors;
  private final boolean many;
  private final Deque<Open> stack = new ArrayDeque<>();
  private final List<YamlNode> roots = new ArrayList<>();

  private YamlReader(RuleErrors errors, boolean many) {
    this.errors = errors;
    this.many = many;
  }

  /** A collection whose end has not come yet. */
  private static final class Open {
    final Place place;
    final boolean mapping;
    final List<YamlNode> items = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();
    @Nullable Scalar key;

    Open(Place place, boolean mapping) {
      this.place = place;
      this.mapping = mapping;
    }
  }

  /** The document, or empty if there is none or it cannot be read: then {@code errors} says why. */
  static Optional<YamlNode> read(String yaml, RuleErrors errors) {
    List<YamlNode> documents = read(yaml, errors, false);
    return documents.stream().findFirst();
  }

  /** All documents of a text; none if one of them cannot be read. */
  static List<YamlNode> readAll(String yaml, RuleErrors errors) {
    return read(yaml, errors, true);
  }

  private static List<YamlNode> read(String yaml, RuleErrors errors, boolean many) {
    YamlReader reader = new YamlReader(errors, many);
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(RuleLoader.MAX_SOURCE_BYTES).build();
    try {
      for (Event event : new Parse(settings).parseString(yaml)) {
        if (!reader.accept(event)) {
          return List.of();
        }
      }
    } catch (MarkedYamlEngineException e) {
      errors.add(place(e.getProblemMark()), "not YAML: " + e.getProblem());
      return List.of();
    } catch (YamlEngineException e) {
      errors.add(Place.START, "not YAML: " + e.getMessage());
      return List.of();
    }
    return reader.roots;
  }

  private boolean accept(Event event) {
    Place place = place(event.getStartMark());
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      errors.add(place, "anchors and aliases are not supported");
      return false;
    }
    switch (event.getEventId()) {
      case Scalar -> add(new Scalar(place, ((ScalarEvent) event).getValue()));
      case SequenceStart, MappingStart -> {
        if (stack.size() == MAX_DEPTH) {
          errors.add(place, "nested deeper than " + MAX_DEPTH + " levels");
          return false;
        }
        stack.push(new Open(place, event.getEventId() == Event.ID.MappingStart));
      }
      case SequenceEnd, MappingEnd -> close();
      case DocumentStart -> {
        if (!roots.isEmpty() && !many) {
          errors.add(place, "more than one document");
          return false;
        }
      }
      default -> {
        // The stream's start and end, the document's end, comments.
      }
    }
    return true;
  }

  private void close() {
    Open open = stack.pop();
    add(
        open.mapping
            ? new Mapping(open.place, List.copyOf(open.entries))
            : new Sequence(open.place, List.copyOf(open.items)));
  }

  private void add(YamlNode node) {
    Open open = stack.peek();
    if (open == null) {
      roots.add(node);
    } else if (!open.mapping) {
      open.items.add(node);
    } else if (open.key != null) {
      open.entries.add(new Entry(open.key, node));
      open.key = null;
    } else if (node instanceof Scalar scalar) {
      open.key = scalar;
    } else {
      errors.add(node.place(), "a key must be text");
      open.key = new Scalar(node.place(), "?");
    }
  }

  private static Place place(Optional<Mark> mark) {
    return mark.map(m -> new Place(m.getLine() + 1, m.getColumn() + 1)).orElse(Place.START);
  }
}
