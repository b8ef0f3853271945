package io.amivet.fat;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;

/**
 * The file allocation table: for each cluster the next of its chain. Where the copy that counts
 * holds something impossible, the other is asked.
 */
final class AllocationTable {
  /** The chain ends here. */
  static final long END = -1;

  static final long FREE = 0;

  /** {@code FAT_ENT_BAD}, or a number that is no cluster. */
  static final long BAD = -2;

  /** A multiple of three, so that no entry of twelve bits lies across two. */
  private static final int WINDOW_BYTES = 3 << 14;

  private final BlockDevice volume;
  private final BootSector boot;
  private final AnomalyLog anomalies;

  AllocationTable(BlockDevice volume, BootSector boot, AnomalyLog anomalies) {
    this.volume = volume;
    this.boot = boot;
    this.anomalies = anomalies;
  }

  BootSector boot() {
    return boot;
  }

  BlockDevice volume() {
    return volume;
  }

  AnomalyLog anomalies() {
    return anomalies;
  }

  /** Reads entries near one another without asking the volume for each; for one thread. */
  final class Cursor {
    private final StructView[] windows = new StructView[2];
    private final long[] starts = {-1, -1};

    /** The cluster after this one, or {@link #END}, {@link #FREE}, {@link #BAD}. */
    long next(long cluster) throws IOException {
      int first = boot.activeTable();
      long value = read(first, cluster);
      if ((value == BAD || value == FREE) && boot.tableCopies() > 1) {
        long other = read(1 - first, cluster);
        if (other != BAD && other != FREE) {
          anomalies.add(corrupt(FatFault.TABLE_COPY, cluster));
          return other;
        }
      }
      return value;
    }

    /** As the copy that counts has it. */
    boolean isFree(long cluster) throws IOException {
      return read(boot.activeTable(), cluster) == FREE;
    }

    private long read(int copy, long cluster) throws IOException {
      long at =
          switch (boot.bits()) {
            case 12 -> cluster + cluster / 2;
            case 16 -> cluster * 2;
            default -> cluster * 4;
          };
      long start = at / WINDOW_BYTES * WINDOW_BYTES;
      if (starts[copy] != start) {
        windows[copy] = window(copy, start);
        starts[copy] = start;
      }
      StructView window = windows[copy];
      int inWindow = (int) (at - start);
      return switch (boot.bits()) {
        case 12 -> {
          int pair = window.u16le(inWindow);
          yield value((cluster & 1) == 0 ? pair & 0xfff : pair >> 4, 0xff7);
        }
        case 16 -> value(window.u16le(inWindow), 0xfff7);
        default -> value(window.u32le(inWindow) & 0x0fff_ffffL, 0x0fff_fff7L);
      };
    }

    private StructView window(int copy, long start) throws IOException {
      long length = Math.min(WINDOW_BYTES, boot.tableBytes() - start);
      return volume.struct(
          "fat", boot.tableStart() + copy * boot.tableBytes() + start, (int) length);
    }

    private long value(long raw, long bad) {
      if (raw > bad) {
        return END;
      }
      return raw == FREE || boot.isCluster(raw) ? raw : BAD;
    }
  }

  Cursor cursor() {
    return new Cursor();
  }

  CorruptImageException corrupt(FatFault fault, long cluster) {
    return new CorruptImageException(
        fault, volume.imageOffset(boot.tableStart()), "fat", "cluster " + cluster);
  }
}
