package io.amivet.scan;

import io.amivet.block.BlockDevice;
import io.amivet.plan.ScanPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a plan into windows of about equal bytes, so that a remote source fetches the next window
 * while the present one is read, and never more than that ahead.
 */
final class Windows {
  private final ScanPlan plan;
  private final List<Integer> starts;
  private final Map<Integer, Integer> windowByStart = new HashMap<>();

  private Windows(ScanPlan plan, List<Integer> starts) {
    this.plan = plan;
    this.starts = starts;
    for (int window = 0; window < starts.size(); window++) {
      windowByStart.put(starts.get(window), window);
    }
  }

  static Windows of(ScanPlan plan, long windowBytes) {
    List<Integer> starts = new ArrayList<>();
    long bytes = windowBytes;
    for (int i = 0; i < plan.files().size(); i++) {
      if (bytes >= windowBytes) {
        starts.add(i);
        bytes = 0;
      }
      bytes += plan.files().get(i).diskBytes();
    }
    return new Windows(plan, starts);
  }

  /** To be called before file {@code index} is read: asks for the window after its own. */
  void entering(BlockDevice volume, int index) {
    Integer window = windowByStart.get(index);
    if (window != null) {
      prefetch(volume, window + 1);
    }
  }

  void prefetch(BlockDevice volume, int window) {
    if (window < starts.size()) {
      int end = window + 1 < starts.size() ? starts.get(window + 1) : plan.files().size();
      volume.prefetch(plan.ranges(starts.get(window), end));
    }
  }
}
