package io.amivet.volume.lvm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A section of LVM2's configuration syntax: names with values, which are numbers, strings, lists of
 * both, or sections.
 */
final class ConfigSection {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** The first value of a name stands, as in {@code dm_config_find_node}. */
  void put(String name, Object value) {
    values.putIfAbsent(name, value);
  }

  Optional<ConfigSection> section(String name) {
    return values.get(name) instanceof ConfigSection found ? Optional.of(found) : Optional.empty();
  }

  /** All sections inside, by name. */
  Map<String, ConfigSection> sections() {
    Map<String, ConfigSection> found = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (value instanceof ConfigSection section) {
        found.put(name, section);
      }
    });
    return found;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Empty if there is no such string. */
  String text(String name) {
    return values.get(name) instanceof String text ? text : "";
  }

  /** A number from 0 to {@code max}. */
  Optional<Long> number(String name, long max) {
    return values.get(name) instanceof Long number && number >= 0 && number <= max
        ? Optional.of(number)
        : Optional.empty();
  }

  /** A list; a single value counts as a list of one. Holds only strings and numbers. */
  List<?> list(String name) {
    Object value = values.get(name);
    if (value == null || value instanceof ConfigSection) {
      return List.of();
    }
    return value instanceof List<?> list ? list : List.of(value);
  }
}
