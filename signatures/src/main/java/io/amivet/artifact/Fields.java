package io.amivet.artifact;

import java.util.LinkedHashMap;
import java.util.Map;

/** Builds {@link Artifact#fields()} in the order in which a report shows them. */
public final class Fields {
  private final Map<String, String> fields = new LinkedHashMap<>();

  private Fields() {}

  public static Fields of(String name, String value) {
    return new Fields().and(name, value);
  }

  /** Adds a field; an empty value adds nothing, since an absent field counts as empty. */
  public Fields and(String name, String value) {
    if (!value.isEmpty()) {
      fields.put(name, value);
    }
    return this;
  }

  public Map<String, String> map() {
    return fields;
  }
}
