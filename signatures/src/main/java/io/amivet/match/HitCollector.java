package io.amivet.match;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.AwsAccessKeyId;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The hits of one file: each rule and secret once, at its first place, with a count. */
final class HitCollector {
  static final int MAX_HITS = 1_000;

  /** What makes two hits the same. */
  private record Identity(CompiledRule rule, String secret) {}

  /** A hit and how much of the file it covers. */
  private static final class Found {
    final long start;
    final long end;
    final long secretOffset;
    final int line;
    final Map<String, String> fields;
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
    dropped = 0;
  }

  /**
   * The hits in order of offset. One that lies within another of the same severity or worse says
   * nothing new (an access key id inside its key pair) and is left out.
   */
  List<ContentHit> hits() {
    List<Map.Entry<Identity, Found>> all = new ArrayList<>(found.entrySet());
    all.sort(
        Comparator.comparingLong((Map.Entry<Identity, Found> entry) -> entry.getValue().start)
            .thenComparingLong(entry -> -entry.getValue().end)
            .thenComparing(entry -> entry.getKey().rule(), CompiledRule.MOST_TELLING_FIRST));
    List<ContentHit> hits = new ArrayList<>();
    List<Map.Entry<Identity, Found>> kept = new ArrayList<>();
    for (Map.Entry<Identity, Found> entry : all) {
      if (kept.stream().noneMatch(outer -> covers(outer, entry))) {
        kept.add(entry);
        hits.add(hit(entry.getKey(), entry.getValue()));
      }
    }
    return hits;
  }

  private static boolean covers(
      Map.Entry<Identity, Found> outer, Map.Entry<Identity, Found> inner) {
    return outer.getValue().start <= inner.getValue().start
        && inner.getValue().end <= outer.getValue().end
        && outer.getKey().rule() != inner.getKey().rule()
        && outer.getKey().rule().worstSeverity().atLeast(inner.getKey().rule().worstSeverity());
  }

  private static ContentHit hit(Identity identity, Found found) {
    Secret secret = Secret.ofLatin1(identity.secret());
    Map<String, String> fields = new LinkedHashMap<>(found.fields);
    String accessKeyId = fields.get("accessKeyId");
    if (accessKeyId != null) {
      AwsAccessKeyId.account(accessKeyId).ifPresent(account -> fields.put("account", account));
    }
    fields.put("occurrences", Integer.toString(found.occurrences));
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
            List.of(secret)));
  }
}
