package io.amivet.block;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The exact bytes of one on-disk structure, with the kernel's name for it and where it lies.
 *
 * <p>The byte order is in each method's name: ext4 is little-endian, its journal and XFS are
 * big-endian. Offsets are those of the kernel's header. An {@link IndexOutOfBoundsException} from
 * here is our own bug, never the image's fault: the view is cut to the structure's size after that
 * size was checked, and variable-length data gets explicit checks.
 */
public final class StructView {
  private static final ValueLayout.OfShort U16LE =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort U16BE =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32LE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt U32BE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong U64LE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U64BE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final BlockDevice device;
  private final String name;
  private final long offset;
  private final MemorySegment bytes;

  /**
   * @param name the kernel's name of the structure, {@code ext4_super_block}
   * @param offset where {@code bytes} start on {@code device}
   */
  public StructView(BlockDevice device, String name, long offset, MemorySegment bytes) {
    this.device = device;
    this.name = name;
    this.offset = offset;
    this.bytes = bytes;
  }

  public String name() {
    return name;
  }

  /** Where the structure starts, from the start of its device. */
  public long offset() {
    return offset;
  }

  public int sizeBytes() {
    return Math.toIntExact(bytes.byteSize());
  }

  /** The raw bytes, for checksums. */
  public MemorySegment segment() {
    return bytes;
  }

  public int u8(int at) {
    return bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  public int u16le(int at) {
    return bytes.get(U16LE, at) & 0xffff;
  }

  public int u16be(int at) {
    return bytes.get(U16BE, at) & 0xffff;
  }

  public long u32le(int at) {
    return bytes.get(U32LE, at) & 0xffff_ffffL;
  }

  public long u32be(int at) {
    return bytes.get(U32BE, at) & 0xffff_ffffL;
  }

  public int i32le(int at) {
    return bytes.get(U32LE, at);
  }

  public int i32be(int at) {
    return bytes.get(U32BE, at);
  }

  /** Sixty-four bits as they are; a value of 2^63 or more comes out negative. */
  public long u64le(int at) {
    return bytes.get(U64LE, at);
  }

  /** Sixty-four bits as they are; a value of 2^63 or more comes out negative. */
  public long u64be(int at) {
    return bytes.get(U64BE, at);
  }

  /** A private copy of a field that is a byte array. */
  public byte[] bytes(int at, int lengthBytes) {
    return bytes.asSlice(at, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
  }

  /** A structure inside this one. */
  public StructView slice(String structName, int at, int lengthBytes) {
    return new StructView(device, structName, offset + at, bytes.asSlice(at, lengthBytes));
  }

  /** Whether {@code [at, at + lengthBytes)} lies inside; for data whose length the image states. */
  public boolean holds(long at, long lengthBytes) {
    return at >= 0 && lengthBytes >= 0 && at <= bytes.byteSize() - lengthBytes;
  }

  /** Where the byte at {@code at} lies in the whole image. */
  public long imageOffset(int at) {
    return device.imageOffset(offset + at);
  }

  /** The exception for a field at {@code at} that contradicts the format. */
  public CorruptImageException corrupt(Fault fault, int at, String detail) {
    return new CorruptImageException(fault, imageOffset(at), name, detail);
  }

  /** Same, as a record of something survived. */
  public Anomaly anomaly(Fault fault, int at, String detail) {
    CorruptImageException e = corrupt(fault, at, detail);
    return new Anomaly(fault.code(), String.valueOf(e.getMessage()), e.imageOffset());
  }

  /** {@code a + b} of values from the image; a result outside {@code [0, 2^63)} is a fault. */
  public long addExact(long a, long b, Fault fault, int at) throws IOException {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0 || sum < 0) {
      throw corrupt(fault, at, a + " + " + b + " overflows");
    }
    return sum;
  }

  /** {@code a * b} of values from the image; a result outside {@code [0, 2^63)} is a fault. */
  public long multiplyExact(long a, long b, Fault fault, int at) throws IOException {
    if (a < 0 || b < 0 || Math.multiplyHigh(a, b) != 0 || a * b < 0) {
      throw corrupt(fault, at, a + " * " + b + " overflows");
    }
    return a * b;
  }

  @Override
  public String toString() {
    return name + " at offset " + offset + " of " + device;
  }
}
