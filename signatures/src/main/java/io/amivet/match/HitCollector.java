package io.amivet.match;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.AwsAccessKeyId;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Place;
import io.amivet.artifact.Secret;
import io.amivet.artifact.key.TestKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The hits of one file: each rule and secret once, with a count and its first places; and each
 * secret by the rule that knows most of it.
 */
final class HitCollector {
  static final int MAX_HITS = 1_000;

  /** Further places of all hits: each costs a count of the lines before it. */
  private static final int MAX_FURTHER_PLACES_OF_FILE = 1_000;

  /** Of rules that know a secret by its name and its looks alone. */
  private static final String GENERIC = "gen";

  /** What makes two hits the same. */
  private record Identity(CompiledRule rule, String secret) {}

  /** A hit and how much of the file it covers. */
  private static final class Found {
    final long start;
    final long end;
    final long secretOffset;
    final int line;
    final Map<String, String> fields;
    final List<Place> furtherPlaces = new ArrayList<>();
    final Set<String> alsoMatched = new TreeSet<>();
    int occurrences = 1;

    Found(long start, long end, long secretOffset, int line, Map<String, String> fields) {
      this.start = start;
      this.end = end;
      this.secretOffset = secretOffset;
      this.line = line;
      this.fields = fields;
    }
  }

  private final Map<Identity, Found> found = new LinkedHashMap<>();
  private int places;
  private int dropped;

  /** Counts a hit met before; false if it is new. */
  boolean countsAgain(CompiledRule rule, String secret) {
    Found known = found.get(new Identity(rule, secret));
    if (known == null) {
      return false;
    }
    known.occurrences++;
    return true;
  }

  /** Whether another place of a hit met before is to be kept. */
  boolean wantsPlace(CompiledRule rule, String secret) {
    Found known = found.get(new Identity(rule, secret));
    return known != null
        && known.furtherPlaces.size() < Artifact.MAX_FURTHER_PLACES
        && places < MAX_FURTHER_PLACES_OF_FILE;
  }

  void addPlace(CompiledRule rule, String secret, long secretOffset, int line) {
    Found known = found.get(new Identity(rule, secret));
    Place place = new Place(secretOffset, line);
    if (known != null
        && secretOffset != known.secretOffset
        && !known.furtherPlaces.contains(place)) {
      known.furtherPlaces.add(place);
      places++;
    }
  }

  void add(
      CompiledRule rule,
      String secret,
      long start,
      long end,
      long secretOffset,
      int line,
      Map<String, String> fields) {
    if (found.size() == MAX_HITS) {
      dropped++;
      return;
    }
    found.put(new Identity(rule, secret), new Found(start, end, secretOffset, line, fields));
  }

  int dropped() {
    return dropped;
  }

  void clear() {
    found.clear();
    places = 0;
    dropped = 0;
  }

  /**
   * The hits in order of offset. One that says nothing new is left out and named by the other: it
   * lies within one of the same severity or worse (an access key id inside its key pair), or it is
   * of the same secret, or generic where another knows whose secret it is.
   */
  List<ContentHit> hits() {
    List<Map.Entry<Identity, Found>> all = new ArrayList<>(found.entrySet());
    Comparator<Map.Entry<Identity, Found>> telling =
        Comparator.comparing((Map.Entry<Identity, Found> entry) -> isGeneric(entry.getKey()))
            .thenComparing(entry -> entry.getKey().rule().worstSeverity())
            .thenComparingLong(entry -> entry.getValue().start)
            .thenComparingLong(entry -> -entry.getValue().end)
            .thenComparing(entry -> entry.getKey().rule().rule().id());
    all.sort(telling);
    List<Map.Entry<Identity, Found>> kept = new ArrayList<>();
    for (Map.Entry<Identity, Found> entry : all) {
      Optional<Map.Entry<Identity, Found>> better =
          kept.stream().filter(other -> saysAll(other, entry)).findFirst();
      if (better.isPresent()) {
        better.get().getValue().alsoMatched.add(entry.getKey().rule().rule().id());
      } else {
        kept.add(entry);
      }
    }
    kept.sort(
        Comparator.comparingLong((Map.Entry<Identity, Found> entry) -> entry.getValue().start)
            .thenComparingLong(entry -> -entry.getValue().end)
            .thenComparing(entry -> entry.getKey().rule().rule().id()));
    return kept.stream().map(entry -> hit(entry.getKey(), entry.getValue())).toList();
  }

  private static boolean isGeneric(Identity identity) {
    return identity.rule().rule().category().equals(GENERIC);
  }

  private static boolean saysAll(
      Map.Entry<Identity, Found> kept, Map.Entry<Identity, Found> other) {
    CompiledRule rule = kept.getKey().rule();
    if (rule == other.getKey().rule() || !overlap(kept.getValue(), other.getValue())) {
      return false;
    }
    boolean within =
        kept.getValue().start <= other.getValue().start
            && other.getValue().end <= kept.getValue().end
            && rule.worstSeverity().atLeast(other.getKey().rule().worstSeverity());
    boolean sameSecret = kept.getKey().secret().equals(other.getKey().secret());
    return within || sameSecret || (isGeneric(other.getKey()) && !isGeneric(kept.getKey()));
  }

  private static boolean overlap(Found one, Found other) {
    return one.start < other.end && other.start < one.end;
  }

  private static ContentHit hit(Identity identity, Found found) {
    Secret secret = Secret.ofLatin1(identity.secret());
    Map<String, String> fields = new LinkedHashMap<>(found.fields);
    String accessKeyId = fields.get("accessKeyId");
    if (accessKeyId != null) {
      AwsAccessKeyId.account(accessKeyId).ifPresent(account -> fields.put("account", account));
    }
    fields.put("occurrences", Integer.toString(found.occurrences));
    TestKeys.sourceOfText(identity.secret()).ifPresent(source -> fields.put("testKey", source));
    Evidence evidence = Evidence.none();
    for (Map.Entry<String, String> field : found.fields.entrySet()) {
      evidence = evidence.plus(field.getKey() + " " + field.getValue() + ", ");
    }
    return new ContentHit(
        identity.rule().rule(),
        new Artifact(
            "token",
            found.line,
            found.secretOffset,
            evidence.plus("secret ").plus(secret),
            fields,
            List.of(secret),
            found.furtherPlaces),
        List.copyOf(found.alsoMatched));
  }
}
