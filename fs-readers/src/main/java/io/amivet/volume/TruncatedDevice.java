package io.amivet.volume;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.Places;
import io.amivet.block.SliceDevice;
import io.amivet.block.Urgency;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A volume whose end lies past the end of its image. It has the size that the partition table
 * states, so that a file system's own sizes make sense; what the image lacks is a fault where it is
 * read, never zeros. That fault is of the image and not of the source, so that a walk loses the
 * objects that lie there and goes on.
 */
final class TruncatedDevice implements BlockDevice {
  private final BlockDevice present;
  private final long sizeBytes;

  /**
   * @param range of the volume on {@code disk}, not wholly inside
   */
  TruncatedDevice(BlockDevice disk, ByteRange range, String name) throws IOException {
    long start = Math.min(range.offset(), disk.sizeBytes());
    ByteRange inside = new ByteRange(start, Math.min(range.end(), disk.sizeBytes()) - start);
    this.present = new SliceDevice(disk, inside, name);
    this.sizeBytes = range.length();
  }

  /** The part that the image holds. */
  BlockDevice present() {
    return present;
  }

  /** How many bytes the image lacks. */
  long missingBytes() {
    return sizeBytes - present.sizeBytes();
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public int logicalSectorBytes() {
    return present.logicalSectorBytes();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkPresent(offset, target.byteSize());
    present.read(offset, target);
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkPresent(offset, lengthBytes);
    return present.view(offset, lengthBytes);
  }

  private void checkPresent(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    if (offset > present.sizeBytes() - lengthBytes) {
      throw new CorruptImageException(
          VolumeFault.TRUNCATED,
          imageOffset(offset),
          toString(),
          "the last " + missingBytes() + " bytes are missing");
    }
  }

  @Override
  public List<ByteRange> dataRanges() throws IOException {
    return present.dataRanges();
  }

  @Override
  public void prefetch(List<ByteRange> ranges, Urgency urgency) {
    present.prefetch(
        ranges.stream().filter(r -> r.offset() < present.sizeBytes()).toList(), urgency);
  }

  @Override
  public void places(long offset, long lengthBytes, Places sink) {
    if (offset <= present.sizeBytes() - lengthBytes) {
      present.places(offset, lengthBytes, sink);
    } else {
      sink.add(this, offset, lengthBytes);
    }
  }

  @Override
  public long imageOffset(long offset) {
    return present.imageOffset(offset);
  }

  @Override
  public String toString() {
    return present.toString();
  }
}
