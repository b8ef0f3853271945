package io.amivet.block;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Read-only bytes by absolute offset: a disk image, a snapshot behind a cache, or a part of one.
 *
 * <p>All methods are positional and thread-safe. {@code toString} names the image (and the part of
 * it), so that every error can say where it happened. A range that the source does not hold (a hole
 * of a sparse file, a block that a snapshot does not list) reads as zeros and costs nothing.
 *
 * <p><b>Lifetime.</b> Closing a device makes every segment that {@link #view} returned invalid.
 * Devices that are parts of another ({@link SliceDevice}) never close it.
 */
public interface BlockDevice extends Closeable {

  /** Size in bytes; constant for the life of the device. */
  long sizeBytes();

  /**
   * Bytes per logical sector of the disk this is an image of, 512 or 4096 where it is known, else
   * 512. Only partition tables care.
   */
  default int logicalSectorBytes() {
    return 512;
  }

  /**
   * Fills {@code target} wholly with the bytes from {@code offset} on.
   *
   * @throws EOFException if the range is not wholly inside the device
   * @throws IOException if the source fails; nothing can be said of the contents of {@code target}
   */
  void read(long offset, MemorySegment target) throws IOException;

  /**
   * The bytes of a range for parsing: in place where the device is a stable map, else a private
   * copy. The contents never change while the device is open. Meant for metadata, so at most 64 MiB
   * a call.
   *
   * @throws EOFException if the range is not wholly inside the device
   */
  MemorySegment view(long offset, long lengthBytes) throws IOException;

  /** A view wrapped for parsing a structure that starts at {@code offset}. */
  default StructView struct(String name, long offset, int lengthBytes) throws IOException {
    return new StructView(this, name, offset, view(offset, lengthBytes));
  }

  /**
   * The ranges that hold data, ascending and not touching; all else is zeros. A device that does
   * not know answers with one range over all of itself.
   */
  List<ByteRange> dataRanges() throws IOException;

  /**
   * Says that these ranges will be read soon, in this order. A device that pays per round trip
   * fetches them side by side; others do nothing. Never throws for a failed fetch: the read that
   * needs the bytes will.
   */
  default void prefetch(List<ByteRange> ranges, Urgency urgency) {}

  /** The same, {@link Urgency#SOON}. */
  default void prefetch(List<ByteRange> ranges) {
    prefetch(ranges, Urgency.SOON);
  }

  /**
   * Says where the bytes of a range come from. Of a device that is made of others, each piece is
   * where it lies on them; what a device makes up itself, zeros and patches, lies on itself.
   *
   * @param offset of a range inside the device
   */
  default void places(long offset, long lengthBytes, Places sink) {
    sink.add(this, offset, lengthBytes);
  }

  /** The offset in the whole image of the byte at {@code offset} of this device, for reports. */
  default long imageOffset(long offset) {
    return offset;
  }

  /** Throws an {@link EOFException} that names the device if the range is not wholly inside it. */
  default void checkRange(long offset, long lengthBytes) throws EOFException {
    if (offset < 0 || lengthBytes < 0 || offset > sizeBytes() - lengthBytes) {
      throw new EOFException(
          "read of "
              + lengthBytes
              + " bytes at offset "
              + offset
              + " reaches past the end ("
              + sizeBytes()
              + " bytes) of "
              + this);
    }
  }

  @Override
  default void close() throws IOException {}
}
