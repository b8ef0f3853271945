package io.amivet.rule;

import io.amivet.rule.YamlNode.Entry;
import io.amivet.rule.YamlNode.Mapping;
import io.amivet.rule.YamlNode.Place;
import io.amivet.rule.YamlNode.Scalar;
import io.amivet.rule.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A mapping with known keys. What does not fit goes to the errors, and reads as absent. */
public final class YamlMap {
  private final Place place;
  private final RuleErrors errors;
  private final Map<String, YamlNode> values = new LinkedHashMap<>();

  private YamlMap(Place place, RuleErrors errors) {
    this.place = place;
    this.errors = errors;
  }

  /** The mapping at {@code node}; any key is known if {@code known} is empty. */
  public static YamlMap of(YamlNode node, Set<String> known, RuleErrors errors) {
    YamlMap map = new YamlMap(node.place(), errors);
    if (!(node instanceof Mapping mapping)) {
      errors.add(node.place(), "expected a mapping, found " + node.nature());
      return map;
    }
    for (Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (!known.isEmpty() && !known.contains(key)) {
        errors.add(entry.key().place(), "unknown key: " + key);
      } else if (map.values.putIfAbsent(key, entry.value()) != null) {
        errors.add(entry.key().place(), "key given twice: " + key);
      }
    }
    return map;
  }

  /** A mapping of nothing. */
  public static YamlMap empty(RuleErrors errors) {
    return new YamlMap(Place.START, errors);
  }

  /** This mapping, with the entries of {@code defaults} for the keys it lacks. */
  YamlMap withDefaults(YamlMap defaults) {
    YamlMap map = new YamlMap(place, errors);
    map.values.putAll(values);
    defaults.values.forEach(map.values::putIfAbsent);
    return map;
  }

  public Place place() {
    return place;
  }

  public Place place(String key) {
    YamlNode node = values.get(key);
    return node == null ? place : node.place();
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  public Set<String> keys() {
    return values.keySet();
  }

  public Optional<YamlNode> node(String key) {
    return Optional.ofNullable(values.get(key));
  }

  public Optional<String> text(String key) {
    YamlNode node = values.get(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof Scalar scalar) {
      return Optional.of(scalar.text());
    }
    errors.add(node.place(), key + ": expected text, found " + node.nature());
    return Optional.empty();
  }

  /** Text that must be there and not be blank; empty after an error. */
  public String requiredText(String key) {
    if (!has(key)) {
      errors.add(place, "missing key: " + key);
      return "";
    }
    String text = text(key).orElse("");
    if (text.isBlank() && values.get(key) instanceof Scalar) {
      errors.add(place(key), key + " is empty");
    }
    return text.strip();
  }

  /** A list, or a lone text as a list of one. */
  public List<Scalar> texts(String key) {
    YamlNode node = values.get(key);
    return switch (node) {
      case null -> List.of();
      case Scalar scalar -> List.of(scalar);
      case Sequence sequence -> scalars(key, sequence);
      case Mapping mapping -> {
        errors.add(mapping.place(), key + ": expected a list, found a mapping");
        yield List.of();
      }
    };
  }

  /** A list of anything; an error if it is not a list. */
  public List<YamlNode> items(String key) {
    YamlNode node = values.get(key);
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    if (node != null) {
      errors.add(node.place(), key + ": expected a list, found " + node.nature());
    }
    return List.of();
  }

  private List<Scalar> scalars(String key, Sequence sequence) {
    List<Scalar> scalars = new ArrayList<>();
    for (YamlNode item : sequence.items()) {
      if (item instanceof Scalar scalar) {
        scalars.add(scalar);
      } else {
        errors.add(item.place(), key + ": expected text, found " + item.nature());
      }
    }
    return scalars;
  }
}
