package io.amivet.block;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** One contiguous part of another device, such as a partition. Closing it does nothing. */
public final class SliceDevice implements BlockDevice {
  private final BlockDevice parent;
  private final ByteRange range;
  private final String name;

  /**
   * @throws EOFException if the range is not wholly inside the parent
   */
  public SliceDevice(BlockDevice parent, ByteRange range, String name) throws EOFException {
    parent.checkRange(range.offset(), range.length());
    this.parent = parent;
    this.range = range;
    this.name = name;
  }

  @Override
  public long sizeBytes() {
    return range.length();
  }

  @Override
  public int logicalSectorBytes() {
    return parent.logicalSectorBytes();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkRange(offset, target.byteSize());
    parent.read(range.offset() + offset, target);
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    return parent.view(range.offset() + offset, lengthBytes);
  }

  @Override
  public List<ByteRange> dataRanges() throws IOException {
    MergedRanges own = new MergedRanges();
    own.addShifted(parent.dataRanges(), range.offset(), range.length(), 0);
    return own.toList();
  }

  @Override
  public void prefetch(List<ByteRange> ranges, Urgency urgency) {
    List<ByteRange> shifted = new ArrayList<>(ranges.size());
    for (ByteRange wanted : ranges) {
      long length = Math.min(wanted.length(), range.length() - wanted.offset());
      if (length > 0) {
        shifted.add(new ByteRange(range.offset() + wanted.offset(), length));
      }
    }
    parent.prefetch(shifted, urgency);
  }

  @Override
  public void places(long offset, long lengthBytes, Places sink) {
    parent.places(range.offset() + offset, lengthBytes, sink);
  }

  @Override
  public long imageOffset(long offset) {
    return parent.imageOffset(range.offset() + offset);
  }

  @Override
  public String toString() {
    return name + " of " + parent;
  }
}
