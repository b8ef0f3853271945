package io.amivet.block;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A device with other bytes laid over parts of it: a volume with its journal replayed in memory.
 * Nothing is written anywhere. Closing it does nothing.
 *
 * <p>Ranges that no patch touches are read and viewed as on the device below, in place where that
 * can.
 */
public final class OverlayDevice implements BlockDevice {
  private final BlockDevice base;
  private final List<Patch> patches;
  private final String name;

  /**
   * @param patches in any order, not overlapping, inside the device
   * @param name what lies over it, for messages: {@code journal}
   * @throws IllegalArgumentException if two patches overlap or one reaches past the device
   */
  public OverlayDevice(BlockDevice base, List<Patch> patches, String name) {
    this.base = base;
    this.name = name;
    List<Patch> sorted = new ArrayList<>(patches);
    sorted.sort(Comparator.comparingLong(Patch::offset));
    if (!Patch.disjoint(sorted)
        || (!sorted.isEmpty() && sorted.getLast().end() > base.sizeBytes())) {
      throw new IllegalArgumentException("patches that overlap or reach past " + base);
    }
    this.patches = List.copyOf(sorted);
  }

  @Override
  public long sizeBytes() {
    return base.sizeBytes();
  }

  @Override
  public int logicalSectorBytes() {
    return base.logicalSectorBytes();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    long end = offset + target.byteSize();
    checkRange(offset, target.byteSize());
    long at = offset;
    for (int i = Ascending.firstEndingAfter(patches, Patch::end, offset);
        i < patches.size() && patches.get(i).offset() < end;
        i++) {
      Patch patch = patches.get(i).within(offset, end);
      if (patch.offset() > at) {
        base.read(at, target.asSlice(at - offset, patch.offset() - at));
      }
      patch.read(target.asSlice(patch.offset() - offset, patch.lengthBytes()));
      at = patch.end();
    }
    if (at < end) {
      base.read(at, target.asSlice(at - offset));
    }
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    long end = offset + lengthBytes;
    int first = Ascending.firstEndingAfter(patches, Patch::end, offset);
    if (first == patches.size() || patches.get(first).offset() >= end) {
      return base.view(offset, lengthBytes);
    }
    Patch patch = patches.get(first);
    if (patch.offset() <= offset && end <= patch.end()) {
      return patch.source().view(patch.sourceOffset() + (offset - patch.offset()), lengthBytes);
    }
    MemorySegment copy = MemorySegment.ofArray(new byte[Math.toIntExact(lengthBytes)]);
    read(offset, copy);
    return copy.asReadOnly();
  }

  /** Those of the device below and all patches, merged. */
  @Override
  public List<ByteRange> dataRanges() throws IOException {
    List<ByteRange> all = new ArrayList<>(base.dataRanges());
    for (Patch patch : patches) {
      all.add(new ByteRange(patch.offset(), patch.lengthBytes()));
    }
    all.sort(null);
    List<ByteRange> merged = new ArrayList<>();
    for (ByteRange range : all) {
      if (!merged.isEmpty() && range.offset() <= merged.getLast().end()) {
        ByteRange last = merged.removeLast();
        long end = Math.max(last.end(), range.end());
        merged.add(new ByteRange(last.offset(), end - last.offset()));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }

  @Override
  public void prefetch(List<ByteRange> ranges, Urgency urgency) {
    base.prefetch(ranges, urgency);
  }

  /** A range that a patch touches lies here, wherever the patch has its bytes from. */
  @Override
  public void places(long offset, long lengthBytes, Places sink) {
    int first = Ascending.firstEndingAfter(patches, Patch::end, offset);
    if (first == patches.size() || patches.get(first).offset() >= offset + lengthBytes) {
      base.places(offset, lengthBytes, sink);
    } else {
      sink.add(this, offset, lengthBytes);
    }
  }

  /** Where the bytes really are; of patches that are in memory, the place that they stand for. */
  @Override
  public long imageOffset(long offset) {
    int i = Ascending.firstEndingAfter(patches, Patch::end, offset);
    if (i < patches.size()
        && patches.get(i).offset() <= offset
        && !(patches.get(i).source() instanceof MemoryDevice)) {
      Patch patch = patches.get(i);
      return patch.source().imageOffset(patch.sourceOffset() + (offset - patch.offset()));
    }
    return base.imageOffset(offset);
  }

  @Override
  public String toString() {
    return base + " with its " + name;
  }
}
