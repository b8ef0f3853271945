package io.amivet.finding;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Place;
import io.amivet.fs.FsPath;
import io.amivet.rule.Rule;
import io.amivet.rule.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One thing found, at one place.
 *
 * @param id keyed fingerprint of rule, path and secret; the same in every run with the same key
 * @param severity for the profile of the scan
 * @param volume index of the volume, from 1
 * @param member name inside the archive at {@code path}, hostile text; empty if the finding is in
 *     the file itself
 * @param offset byte offset in the file, -1 if unknown
 * @param line line in the file, 0 if lines mean nothing
 * @param imageOffset offset on the disk image, -1 if unknown
 * @param evidence redacts itself; reporters print {@code redacted()} unless told otherwise
 * @param fields what identifies without revealing, in the order to show them
 * @param furtherPlaces where else in the file the same stands, in order, the first so many of them
 * @param alsoMatched ids of rules that matched the same secret and say less of it, sorted
 */
public record Finding(
    String id,
    Rule rule,
    Severity severity,
    int volume,
    FsPath path,
    Origin origin,
    String member,
    long inode,
    int mode,
    long uid,
    long gid,
    Instant modified,
    long offset,
    int line,
    long imageOffset,
    Evidence evidence,
    Map<String, String> fields,
    List<Place> furtherPlaces,
    List<String> alsoMatched) {
  public Finding {
    fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    furtherPlaces = List.copyOf(furtherPlaces);
    alsoMatched = List.copyOf(alsoMatched);
  }

  /** All places that are known, the first of them first; empty if none is. */
  public List<Place> places() {
    if (offset < 0 && line == 0) {
      return furtherPlaces;
    }
    List<Place> places = new ArrayList<>();
    places.add(new Place(offset, line));
    places.addAll(furtherPlaces);
    return places;
  }

  /** The same, which stands where {@code other} of the same id stands too. */
  public Finding and(Finding other) {
    TreeSet<Place> places =
        new TreeSet<>(Comparator.comparingLong(Place::offset).thenComparingInt(Place::line));
    places.addAll(places());
    places.addAll(other.places());
    places.remove(new Place(offset, line));
    TreeSet<String> rules = new TreeSet<>(alsoMatched);
    rules.addAll(other.alsoMatched);
    return with(
        fields, places.stream().limit(Artifact.MAX_FURTHER_PLACES).toList(), List.copyOf(rules));
  }

  /** The same with one more field, the last to be shown. */
  public Finding withField(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return with(more, furtherPlaces, alsoMatched);
  }

  /** The same, in a file that is as a package of the distribution brought it. */
  public Finding cameWith(String packageName) {
    return withField("package", packageName).with(Severity.INFO);
  }

  /** The same, which a policy expects: severity info, and the field {@code allowed} says why. */
  public Finding allowed(String why) {
    return withField("allowed", why).with(Severity.INFO);
  }

  private Finding with(Severity otherSeverity) {
    return with(otherSeverity, fields, furtherPlaces, alsoMatched);
  }

  private Finding with(
      Map<String, String> otherFields, List<Place> otherPlaces, List<String> otherRules) {
    return with(severity, otherFields, otherPlaces, otherRules);
  }

  private Finding with(
      Severity otherSeverity,
      Map<String, String> otherFields,
      List<Place> otherPlaces,
      List<String> otherRules) {
    return new Finding(
        id,
        rule,
        otherSeverity,
        volume,
        path,
        origin,
        member,
        inode,
        mode,
        uid,
        gid,
        modified,
        offset,
        line,
        imageOffset,
        evidence,
        otherFields,
        otherPlaces,
        otherRules);
  }
}
