package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** A file some ranges of which are replaced in memory, as by a log that is played back. */
final class PatchedDevice implements BlockDevice {
  private final BlockDevice file;
  private final NavigableMap<Long, Patch> patches;
  private final long sizeBytes;

  /**
   * What replaces a range.
   *
   * @param bytes null for zeros
   */
  record Patch(long lengthBytes, byte @Nullable [] bytes) {}

  /**
   * @param patches by their offset, not overlapping; made with {@link #addPage} and {@link
   *     #addZeros}
   * @param sizeBytes at least that of the file; what is added reads as zeros
   */
  PatchedDevice(BlockDevice file, NavigableMap<Long, Patch> patches, long sizeBytes) {
    this.file = file;
    this.patches = patches;
    this.sizeBytes = sizeBytes;
  }

  /** Adds a page over what is there. */
  static void addPage(NavigableMap<Long, Patch> patches, long offset, byte[] page) {
    makeRoom(patches, offset, page.length);
    patches.put(offset, new Patch(page.length, page));
  }

  /** Adds zeros over what is there. */
  static void addZeros(NavigableMap<Long, Patch> patches, long offset, long lengthBytes) {
    long fitting = Math.min(lengthBytes, Long.MAX_VALUE - offset);
    if (fitting > 0) {
      makeRoom(patches, offset, fitting);
      patches.put(offset, new Patch(fitting, null));
    }
  }

  /** Cuts what overlaps a range; whole pages are dropped, so that only zeros are ever cut. */
  private static void makeRoom(NavigableMap<Long, Patch> patches, long offset, long lengthBytes) {
    long end = offset + lengthBytes;
    Map.Entry<Long, Patch> before = patches.lowerEntry(offset);
    if (before != null && before.getKey() + before.getValue().lengthBytes() > offset) {
      long oldEnd = before.getKey() + before.getValue().lengthBytes();
      patches.put(before.getKey(), new Patch(offset - before.getKey(), null));
      if (oldEnd > end) {
        patches.put(end, new Patch(oldEnd - end, null));
      }
    }
    NavigableMap<Long, Patch> inside = patches.subMap(offset, true, end, false);
    if (!inside.isEmpty()) {
      Map.Entry<Long, Patch> last = inside.lastEntry();
      long lastEnd = last.getKey() + last.getValue().lengthBytes();
      inside.clear();
      if (lastEnd > end) {
        patches.put(end, new Patch(lastEnd - end, null));
      }
    }
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkRange(offset, target.byteSize());
    readFile(offset, target);
    long end = offset + target.byteSize();
    Long first = patches.floorKey(offset);
    for (var patch : patches.subMap(first == null ? offset : first, end).entrySet()) {
      long from = Math.max(offset, patch.getKey());
      long to = Math.min(end, patch.getKey() + patch.getValue().lengthBytes());
      if (from < to) {
        MemorySegment piece = target.asSlice(from - offset, to - from);
        byte[] bytes = patch.getValue().bytes();
        if (bytes == null) {
          piece.fill((byte) 0);
        } else {
          piece.copyFrom(MemorySegment.ofArray(bytes).asSlice(from - patch.getKey(), to - from));
        }
      }
    }
  }

  private void readFile(long offset, MemorySegment target) throws IOException {
    long inFile = Math.clamp(file.sizeBytes() - offset, 0, target.byteSize());
    file.read(Math.min(offset, file.sizeBytes()), target.asSlice(0, inFile));
    target.asSlice(inFile).fill((byte) 0);
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    Map.Entry<Long, Patch> before = patches.lowerEntry(offset + lengthBytes);
    boolean untouched =
        before == null || before.getKey() + before.getValue().lengthBytes() <= offset;
    if (untouched && offset + lengthBytes <= file.sizeBytes()) {
      return file.view(offset, lengthBytes);
    }
    MemorySegment copy = MemorySegment.ofArray(new byte[Math.toIntExact(lengthBytes)]);
    read(offset, copy);
    return copy.asReadOnly();
  }

  @Override
  public List<ByteRange> dataRanges() {
    return sizeBytes == 0 ? List.of() : List.of(new ByteRange(0, sizeBytes));
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
