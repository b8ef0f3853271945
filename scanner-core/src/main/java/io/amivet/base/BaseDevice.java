package io.amivet.base;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.ForwardingDevice;
import io.amivet.block.MergedRanges;
import io.amivet.block.Urgency;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The disk of a base, of which only what changed since is read from it: all else is read from the
 * disk that is compared with it, where it is needed anyway and so costs no second request. Closing
 * it closes the base alone.
 */
public final class BaseDevice extends ForwardingDevice {
  private static final int PIECE_BYTES = 512 << 10;

  private final BlockDevice disk;
  private final DiskChanges changes;

  public BaseDevice(BlockDevice base, BlockDevice disk, DiskChanges changes) {
    super(base);
    this.disk = disk;
    this.changes = changes;
  }

  private BlockDevice holder(long offset, long lengthBytes) throws IOException {
    return changes.isUnchanged(offset, lengthBytes) ? disk : device;
  }

  /** Takes the parts of a range, none of which crosses a piece's border. */
  private interface Visitor {
    void part(long offset, long lengthBytes) throws IOException;
  }

  private static void visit(long offset, long lengthBytes, Visitor visitor) throws IOException {
    long end = offset + lengthBytes;
    for (long at = offset; at < end; ) {
      long stop = Math.min(end, at - at % PIECE_BYTES + PIECE_BYTES);
      visitor.part(at, stop - at);
      at = stop;
    }
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkRange(offset, target.byteSize());
    visit(
        offset,
        target.byteSize(),
        (at, length) -> holder(at, length).read(at, target.asSlice(at - offset, length)));
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    if (offset / PIECE_BYTES == (offset + Math.max(lengthBytes, 1) - 1) / PIECE_BYTES) {
      return holder(offset, lengthBytes).view(offset, lengthBytes);
    }
    MemorySegment copy = MemorySegment.ofArray(new byte[Math.toIntExact(lengthBytes)]);
    read(offset, copy);
    return copy.asReadOnly();
  }

  @Override
  public void prefetch(List<ByteRange> ranges, Urgency urgency) {
    MergedRanges ofBase = new MergedRanges();
    MergedRanges ofDisk = new MergedRanges();
    try {
      for (ByteRange range : ranges) {
        visit(
            range.offset(),
            Math.min(range.length(), sizeBytes() - range.offset()),
            (at, length) -> (changes.isUnchanged(at, length) ? ofDisk : ofBase).add(at, length));
      }
    } catch (IOException unreadable) {
      // The read that needs the bytes will say so.
      return;
    }
    device.prefetch(ofBase.toList(), urgency);
    disk.prefetch(ofDisk.toList(), urgency);
  }
}
