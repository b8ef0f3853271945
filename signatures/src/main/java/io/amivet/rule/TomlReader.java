package io.amivet.rule;

import io.amivet.rule.YamlNode.Entry;
import io.amivet.rule.YamlNode.Mapping;
import io.amivet.rule.YamlNode.Place;
import io.amivet.rule.YamlNode.Scalar;
import io.amivet.rule.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Builds the same tree from TOML that {@link YamlReader} builds from YAML. */
final class TomlReader {
  private static final int MAX_DEPTH = 20;

  private final RuleErrors errors;

  private TomlReader(RuleErrors errors) {
    this.errors = errors;
  }

  /** The document, or empty if it cannot be read: then {@code errors} says why, all of it. */
  static Optional<YamlNode> read(String toml, RuleErrors errors) {
    TomlParseResult result = Toml.parse(toml);
    for (TomlParseError error : result.errors()) {
      errors.add(place(error.position()), "not TOML: " + error.getMessage());
    }
    return result.hasErrors()
        ? Optional.empty()
        : Optional.of(new TomlReader(errors).node(result, Place.START, 0));
  }

  private YamlNode node(@Nullable Object value, Place place, int depth) {
    if (depth > MAX_DEPTH) {
      errors.add(place, "nested deeper than " + MAX_DEPTH + " levels");
      return new Scalar(place, "");
    }
    return switch (value) {
      case TomlTable table -> mapping(table, place, depth);
      case TomlArray array -> sequence(array, place, depth);
      case null -> new Scalar(place, "");
      default -> new Scalar(place, value.toString());
    };
  }

  private Mapping mapping(TomlTable table, Place place, int depth) {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Object> entry : table.entrySet()) {
      Place at = place(table.inputPositionOf(List.of(entry.getKey())));
      Scalar key = new Scalar(at, entry.getKey());
      entries.add(new Entry(key, node(entry.getValue(), at, depth + 1)));
    }
    return new Mapping(place, List.copyOf(entries));
  }

  private Sequence sequence(TomlArray array, Place place, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      items.add(node(array.get(i), place(array.inputPositionOf(i)), depth + 1));
    }
    return new Sequence(place, List.copyOf(items));
  }

  private static Place place(@Nullable TomlPosition position) {
    return position == null ? Place.START : new Place(position.line(), position.column());
  }
}
