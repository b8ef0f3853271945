package io.amivet.rule;

import java.util.List;

/** A YAML document as a tree that remembers where everything stood. All scalars are text. */
public sealed interface YamlNode {

  Place place();

  /** What a person would call this node. */
  String nature();

  /** Line and column, from 1. */
  record Place(int line, int column) {
    public static final Place START = new Place(1, 1);
  }

  record Scalar(Place place, String text) implements YamlNode {
    @Override
    public String nature() {
      return "text";
    }
  }

  record Sequence(Place place, List<YamlNode> items) implements YamlNode {
    @Override
    public String nature() {
      return "a list";
    }
  }

  record Mapping(Place place, List<Entry> entries) implements YamlNode {
    @Override
    public String nature() {
      return "a mapping";
    }
  }

  record Entry(Scalar key, YamlNode value) {}
}
