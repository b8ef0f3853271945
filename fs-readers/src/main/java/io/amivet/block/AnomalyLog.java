package io.amivet.block;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects anomalies of one image while it is read. Thread-safe and bounded: a hostile image can
 * produce millions of faults, so each code keeps its first {@value #KEPT_PER_CODE} and counts the
 * rest.
 */
public final class AnomalyLog {
  static final int KEPT_PER_CODE = 50;
  static final int MAX_CODES = 500;

  private final Map<String, PerCode> byCode = new LinkedHashMap<>();

  private static final class PerCode {
    final List<Anomaly> kept = new ArrayList<>();
    long count;
  }

  public synchronized void add(Anomaly anomaly) {
    PerCode slot = byCode.get(anomaly.code());
    if (slot == null) {
      if (byCode.size() >= MAX_CODES) {
        return;
      }
      slot = new PerCode();
      byCode.put(anomaly.code(), slot);
    }
    slot.count++;
    if (slot.kept.size() < KEPT_PER_CODE) {
      slot.kept.add(anomaly);
    }
  }

  /** Records a corruption that did not stop the reader. */
  public void add(CorruptImageException e) {
    add(e.toAnomaly());
  }

  public synchronized boolean isEmpty() {
    return byCode.isEmpty();
  }

  /** How often {@code code} was met, kept or not. */
  public synchronized long count(String code) {
    PerCode slot = byCode.get(code);
    return slot == null ? 0 : slot.count;
  }

  /**
   * Everything kept, grouped by code in order of first occurrence; a code met more often than it
   * was kept ends with one entry that says how many were left out.
   */
  public synchronized List<Anomaly> toList() {
    List<Anomaly> all = new ArrayList<>();
    byCode.forEach((code, slot) -> {
      all.addAll(slot.kept);
      long dropped = slot.count - slot.kept.size();
      if (dropped > 0) {
        all.add(new Anomaly(code, dropped + " more of the same kind", -1));
      }
    });
    return List.copyOf(all);
  }
}
