package io.amivet.xfs;

import io.amivet.block.BlockDevice;
import io.amivet.block.OverlayDevice;
import io.amivet.block.Patch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a replay writes, in memory: sectors of 512 bytes laid over a volume that never changes. */
final class ReplayedBlocks {
  private static final int SECTOR_LOG = 9;
  private static final int SECTOR_BYTES = 1 << SECTOR_LOG;

  /**
   * Bounds memory. A log changes fewer bytes than it holds, but for new inode chunks: those it
   * states in a few bytes, and then in some hundred for each inode that is used.
   */
  private static final int MAX_SECTORS = (96 << 20) >> SECTOR_LOG;

  private static final int MIN_LIMIT_SECTORS = (16 << 20) >> SECTOR_LOG;
  private static final int SECTORS_PER_LOG_BLOCK = 8;

  /** So many adjoining sectors become one patch at most. */
  private static final int MAX_PATCH_SECTORS = 128;

  private final BlockDevice volume;
  private final NavigableMap<Long, byte[]> sectors = new TreeMap<>();

  /** Ends of the patches by their starts. */
  private final NavigableMap<Long, Long> runs = new TreeMap<>();

  private final long limit;

  /**
   * @param logBlocks how many blocks of the log are replayed
   */
  ReplayedBlocks(BlockDevice volume, long logBlocks) {
    this.volume = volume;
    long wanted = Math.max(MIN_LIMIT_SECTORS, SECTORS_PER_LOG_BLOCK * logBlocks);
    this.limit = Math.min(MAX_SECTORS, wanted);
  }

  /** The bytes of a range as they are by now; it must lie inside the volume. */
  byte[] read(long offset, int lengthBytes) throws IOException {
    byte[] bytes = new byte[lengthBytes];
    volume.read(offset, MemorySegment.ofArray(bytes));
    long first = offset >> SECTOR_LOG;
    long end = (offset + lengthBytes + SECTOR_BYTES - 1) >> SECTOR_LOG;
    sectors
        .subMap(first, end)
        .forEach((sector, written) -> {
          long start = sector << SECTOR_LOG;
          int from = (int) Math.max(0, offset - start);
          int to = (int) Math.min(SECTOR_BYTES, offset + lengthBytes - start);
          System.arraycopy(written, from, bytes, (int) (start + from - offset), to - from);
        });
    return bytes;
  }

  /** Lays {@code bytes} over the volume, inside which they must lie; false if that is too much. */
  boolean write(long offset, byte[] bytes) throws IOException {
    int done = 0;
    while (done < bytes.length) {
      long sector = (offset + done) >> SECTOR_LOG;
      int at = (int) ((offset + done) & (SECTOR_BYTES - 1));
      int count = Math.min(SECTOR_BYTES - at, bytes.length - done);
      byte[] written = sectors.get(sector);
      if (written == null) {
        if (sectors.size() >= limit) {
          return false;
        }
        written =
            count == SECTOR_BYTES
                ? new byte[SECTOR_BYTES]
                : read(sector << SECTOR_LOG, SECTOR_BYTES);
        sectors.put(sector, written);
      }
      System.arraycopy(bytes, done, written, at, count);
      done += count;
    }
    return true;
  }

  /**
   * Whether any byte of the range comes from the log. Only after {@link #overlay}.
   *
   * @param offset on the volume
   */
  boolean touch(long offset, long lengthBytes) {
    Map.Entry<Long, Long> run = runs.lowerEntry(offset + lengthBytes);
    return run != null && run.getValue() > offset;
  }

  /** The volume with all of it laid over; nothing may be written any more. */
  BlockDevice overlay() {
    List<Patch> patches = new ArrayList<>();
    List<byte[]> run = new ArrayList<>();
    long next = -1;
    while (!sectors.isEmpty()) {
      // Taken out one by one, so that all is not held twice.
      Map.Entry<Long, byte[]> sector = sectors.pollFirstEntry();
      if (sector.getKey() != next || run.size() == MAX_PATCH_SECTORS) {
        addPatch(patches, next, run);
        run.clear();
      }
      run.add(sector.getValue());
      next = sector.getKey() + 1;
    }
    addPatch(patches, next, run);
    return new OverlayDevice(volume, patches, "log");
  }

  private void addPatch(List<Patch> patches, long endSector, List<byte[]> run) {
    if (run.isEmpty()) {
      return;
    }
    byte[] bytes = new byte[run.size() << SECTOR_LOG];
    for (int i = 0; i < run.size(); i++) {
      System.arraycopy(run.get(i), 0, bytes, i << SECTOR_LOG, SECTOR_BYTES);
    }
    long offset = (endSector - run.size()) << SECTOR_LOG;
    patches.add(Patch.of(offset, bytes));
    runs.put(offset, offset + bytes.length);
  }
}
