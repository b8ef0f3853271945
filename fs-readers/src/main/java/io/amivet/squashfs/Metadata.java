package io.amivet.squashfs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.compress.BlockStore;
import io.amivet.compress.DecodeException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Metadata blocks: two bytes of length, then up to 8 KiB, compressed or not. Those used last are
 * kept decoded.
 */
final class Metadata {
  static final int BLOCK_BYTES = 8192;

  /** The upper bit of the length: stored as it is. */
  private static final int UNCOMPRESSED = 0x8000;

  private static final long KEPT_BYTES = 8 << 20;

  final BlockDevice volume;
  final Superblock superblock;
  final AnomalyLog anomalies;
  private final BlockStore kept = new BlockStore(KEPT_BYTES);

  Metadata(BlockDevice volume, Superblock superblock, AnomalyLog anomalies) {
    this.volume = volume;
    this.superblock = superblock;
    this.anomalies = anomalies;
  }

  /** End of what the superblock claims and the volume holds. */
  long end() {
    return Math.min(superblock.bytesUsed(), volume.sizeBytes());
  }

  CorruptImageException corrupt(SquashfsFault fault, long position, String struct, String detail) {
    return new CorruptImageException(fault, volume.imageOffset(position), struct, detail);
  }

  byte[] read(long position, int lengthBytes, SquashfsFault fault) throws IOException {
    if (position < 0 || position > end() - lengthBytes) {
      throw corrupt(fault, position, "squashfs", lengthBytes + " bytes");
    }
    byte[] bytes = new byte[lengthBytes];
    volume.read(position, MemorySegment.ofArray(bytes));
    return bytes;
  }

  /** Bytes that the metadata block there takes on the volume, with its length. */
  int storedBytes(long position) throws IOException {
    return (header(position) & (UNCOMPRESSED - 1)) + 2;
  }

  private int header(long position) throws IOException {
    byte[] raw = read(position, 2, SquashfsFault.METADATA_RANGE);
    int header = (raw[0] & 0xff) | ((raw[1] & 0xff) << 8);
    int length = header & (UNCOMPRESSED - 1);
    if (length == 0 || length > BLOCK_BYTES) {
      throw corrupt(SquashfsFault.METADATA_LENGTH, position, "metadata block", length + " bytes");
    }
    return header;
  }

  /** The decoded block at a position, at least one byte; do not modify. */
  byte[] block(long position) throws IOException {
    byte[] before = kept.get(position);
    if (before != null) {
      return before;
    }
    int header = header(position);
    int length = header & (UNCOMPRESSED - 1);
    byte[] stored = read(position + 2, length, SquashfsFault.METADATA_RANGE);
    byte[] block = (header & UNCOMPRESSED) != 0 ? stored : decode(position, stored);
    if (block.length == 0) {
      throw corrupt(
          SquashfsFault.METADATA_LENGTH, position, "metadata block", "decoded to nothing");
    }
    kept.put(position, block);
    return block;
  }

  private byte[] decode(long position, byte[] stored) throws IOException {
    byte[] out = new byte[BLOCK_BYTES];
    try {
      int made = superblock.codec().decode(stored, 0, stored.length, out, 0, out.length);
      return made == out.length ? out : Arrays.copyOf(out, made);
    } catch (DecodeException e) {
      String detail = String.valueOf(e.getMessage());
      throw corrupt(SquashfsFault.METADATA_DECODE, position, "metadata block", detail);
    }
  }

  /**
   * A cursor at a reference: where a metadata block lies after the start of its table (upper 48
   * bits), and an offset in what it decodes to (lower 16 bits).
   */
  MetadataCursor at(long table, long reference) throws IOException {
    long block = reference >>> 16;
    return new MetadataCursor(this, table + block, (int) (reference & 0xffff));
  }
}
