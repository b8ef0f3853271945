package io.amivet.inside.git;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts the objects that could not be read, by reason. */
final class Losses {
  private final Map<Loss, Long> counts = new EnumMap<>(Loss.class);

  void add(Loss loss, long count) {
    if (count > 0) {
      counts.merge(loss, count, Long::sum);
    }
  }

  long count(Loss loss) {
    return counts.getOrDefault(loss, 0L);
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** One sentence for each reason. */
  List<String> sentences() {
    return counts.entrySet().stream().map(e -> e.getKey().sentence(e.getValue())).toList();
  }
}
