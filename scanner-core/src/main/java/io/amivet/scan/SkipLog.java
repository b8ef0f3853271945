package io.amivet.scan;

import io.amivet.finding.Coverage.Skipped;
import io.amivet.fs.FsPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was not read and why. Thread-safe; keeps the first entries and counts all. */
final class SkipLog {
  private static final int MAX_KEPT = 10_000;

  private final List<Skipped> kept = new ArrayList<>();
  private final Map<Integer, Long> countByVolume = new HashMap<>();

  void add(Mount mount, FsPath path, String reason) {
    add(mount.volume().volume().index(), mount.onVolume(path), reason);
  }

  synchronized void add(int volume, FsPath path, String reason) {
    countByVolume.merge(volume, 1L, Long::sum);
    if (kept.size() < MAX_KEPT) {
      kept.add(new Skipped(volume, path, reason));
    }
  }

  synchronized long total() {
    return countByVolume.values().stream().mapToLong(Long::longValue).sum();
  }

  synchronized long count(int volume) {
    return countByVolume.getOrDefault(volume, 0L);
  }

  /** The kept entries by volume and path, so that reports do not depend on threads. */
  synchronized List<Skipped> toList() {
    return kept.stream()
        .sorted(Comparator.comparingInt(Skipped::volume).thenComparing(Skipped::path))
        .toList();
  }
}
