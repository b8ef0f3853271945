package io.amivet.artifact;

import java.util.List;
import java.util.Map;

/**
 * One fact that a parser confirmed in a file.
 *
 * @param kind what it is, one word per parser's vocabulary: {@code usable-hash}, {@code
 *     authorized-key}, {@code private-key}. Rules select by kind and fields
 * @param line 1-based line in the file, 0 where lines mean nothing
 * @param offset byte offset in the file, -1 where unknown
 * @param evidence what to show; holds its secrets as {@link Secret}s, never as plain text
 * @param fields what identifies without revealing (fingerprint, user, host, scheme). Shown as they
 *     are: never put a secret in
 * @param secrets the secret values, for fingerprints and for redaction elsewhere; may be empty
 * @param furtherPlaces where else in the file the same stands, in order; the first so many
 */
public record Artifact(
    String kind,
    int line,
    long offset,
    Evidence evidence,
    Map<String, String> fields,
    List<Secret> secrets,
    List<Place> furtherPlaces) {
  /** Further places that are kept. */
  public static final int MAX_FURTHER_PLACES = 20;

  public Artifact {
    fields = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(fields));
    secrets = List.copyOf(secrets);
    furtherPlaces = List.copyOf(furtherPlaces);
  }

  /** A fact that stands in one place. */
  public Artifact(
      String kind,
      int line,
      long offset,
      Evidence evidence,
      Map<String, String> fields,
      List<Secret> secrets) {
    this(kind, line, offset, evidence, fields, secrets, List.of());
  }

  /** The same, which stands at {@code place} too; further places are kept up to a number. */
  public Artifact alsoAt(Place place) {
    if (furtherPlaces.size() >= MAX_FURTHER_PLACES) {
      return this;
    }
    List<Place> more = new java.util.ArrayList<>(furtherPlaces);
    more.add(place);
    return new Artifact(kind, line, offset, evidence, fields, secrets, more);
  }

  /** The same with one more field, the last to be shown. */
  public Artifact withField(String name, String value) {
    Map<String, String> more = new java.util.LinkedHashMap<>(fields);
    more.put(name, value);
    return new Artifact(kind, line, offset, evidence, more, secrets, furtherPlaces);
  }
}
