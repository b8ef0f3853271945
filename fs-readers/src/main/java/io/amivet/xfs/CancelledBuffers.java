package io.amivet.xfs;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The buffers that a later transaction of the log gives up ({@code xlog_buf_add_cancelled} of
 * {@code xfs_buf_item_recover.c}): what the log holds of them from before must not be written,
 * since their blocks may hold something else by now, contents of files included.
 */
final class CancelledBuffers {
  /** How often a buffer is given up in the part of the log still to come, by place and length. */
  private final NavigableMap<Long, Map<Integer, Integer>> counts = new TreeMap<>();

  /** Takes note of a buffer item in the first pass. */
  void note(BufferItem buffer) {
    if (buffer.isCancel()) {
      counts
          .computeIfAbsent(buffer.offset(), _ -> new HashMap<>(2))
          .merge(buffer.lengthBytes(), 1, Integer::sum);
    }
  }

  /** The second pass has come to where the buffer is given up. */
  void passed(BufferItem buffer) {
    Map<Integer, Integer> lengths = counts.get(buffer.offset());
    if (lengths == null) {
      return;
    }
    int left = lengths.getOrDefault(buffer.lengthBytes(), 1) - 1;
    if (left > 0) {
      lengths.put(buffer.lengthBytes(), left);
    } else {
      lengths.remove(buffer.lengthBytes());
    }
    if (lengths.isEmpty()) {
      counts.remove(buffer.offset());
    }
  }

  boolean contains(long offset, int lengthBytes) {
    Map<Integer, Integer> lengths = counts.get(offset);
    return lengths != null && lengths.containsKey(lengthBytes);
  }

  /** Whether any buffer that starts in the range is given up. */
  boolean containsAny(long offset, long lengthBytes) {
    Long start = counts.ceilingKey(offset);
    return start != null && start < offset + lengthBytes;
  }
}
