package io.amivet.block;

import java.util.ArrayList;
import java.util.List;

/** Ranges in the order in which they come, those that touch the one before made one with it. */
public final class MergedRanges {
  private final List<ByteRange> ranges = new ArrayList<>();

  /** Adds a range; one of no length is nothing. */
  public void add(long offset, long lengthBytes) {
    if (lengthBytes == 0) {
      return;
    }
    if (!ranges.isEmpty() && ranges.getLast().end() == offset) {
      ByteRange last = ranges.removeLast();
      ranges.add(new ByteRange(last.offset(), last.length() + lengthBytes));
    } else {
      ranges.add(new ByteRange(offset, lengthBytes));
    }
  }

  /** Those parts of {@code data} that lie in a window, moved so that the window starts at to. */
  public void addShifted(List<ByteRange> data, long windowOffset, long windowBytes, long to) {
    long end = windowOffset + windowBytes;
    for (int i = Ascending.firstEndingAfter(data, ByteRange::end, windowOffset);
        i < data.size();
        i++) {
      ByteRange range = data.get(i);
      if (range.offset() >= end) {
        return;
      }
      long from = Math.max(range.offset(), windowOffset);
      add(to + (from - windowOffset), Math.min(range.end(), end) - from);
    }
  }

  int size() {
    return ranges.size();
  }

  public List<ByteRange> toList() {
    return List.copyOf(ranges);
  }
}
