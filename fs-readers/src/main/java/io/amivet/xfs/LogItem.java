package io.amivet.xfs;

import io.amivet.block.StructView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One item of a transaction ({@code struct xlog_recover_item}): a first region that says what it is
 * and how many regions it has, and those. They are in the byte order of the machine that wrote
 * them.
 */
final class LogItem {
  /** {@code XLOG_MAX_REGIONS_IN_ITEM}: every other chunk of the largest buffer, and the format. */
  static final int MAX_REGIONS = 65536 / 128 / 2 + 1;

  private final LogRing ring;
  private final List<Region> regions = new ArrayList<>();

  /** How many regions the first one announces. */
  private int announced;

  /** Bytes of one region, which grows where a record ended within it. */
  private static final class Region {
    final long volumeOffset;
    byte[] bytes;
    int length;

    Region(long volumeOffset, byte[] bytes) {
      this.volumeOffset = volumeOffset;
      this.bytes = bytes;
      this.length = bytes.length;
    }

    void append(byte[] more) {
      if (more.length > bytes.length - length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + more.length, bytes.length * 2));
      }
      System.arraycopy(more, 0, bytes, length, more.length);
      length += more.length;
    }
  }

  LogItem(LogRing ring) {
    this.ring = ring;
  }

  /** Adds a region that started at {@code volumeOffset}; false if the item cannot have it. */
  boolean add(long volumeOffset, byte[] bytes) {
    Region region = new Region(volumeOffset, bytes);
    if (regions.isEmpty()) {
      regions.add(region);
      announced = bytes.length < 4 ? 0 : region(0).u16le(2);
      return announced >= 1 && announced <= MAX_REGIONS;
    }
    regions.add(region);
    return regions.size() <= announced;
  }

  /** Adds the rest of the last region; false if there is none. */
  boolean append(byte[] more) {
    if (regions.isEmpty()) {
      return false;
    }
    regions.getLast().append(more);
    return true;
  }

  /** Whether all announced regions are there. */
  boolean isWhole() {
    return !regions.isEmpty() && regions.size() == announced;
  }

  /** {@code XFS_LI_*}. */
  int type() {
    return region(0).u16le(0);
  }

  int size() {
    return regions.size();
  }

  /** Region {@code i}, which must exist. */
  StructView region(int i) {
    Region region = regions.get(i);
    byte[] exact =
        region.length == region.bytes.length
            ? region.bytes
            : Arrays.copyOf(region.bytes, region.length);
    return ring.struct("log item", region.volumeOffset, exact);
  }
}
