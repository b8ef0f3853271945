package io.amivet.source.disk;

import java.io.IOException;
import java.util.List;

/** Several parts that make a disk, one behind the other. */
final class ConcatMap implements DiskMap {
  private final List<DiskMap> parts;

  /** Where each part starts, and after the last one the size of the disk. */
  private final long[] starts;

  /**
   * @throws ArithmeticException if the sum of the sizes overflows
   */
  ConcatMap(List<DiskMap> parts) {
    this.parts = List.copyOf(parts);
    this.starts = new long[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], parts.get(i).sizeBytes());
    }
  }

  @Override
  public long sizeBytes() {
    return starts[parts.size()];
  }

  @Override
  public Run runAt(long offset) throws IOException {
    int low = 0;
    int high = parts.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle + 1] <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return parts.get(low).runAt(offset - starts[low]).first(starts[low + 1] - offset);
  }
}
