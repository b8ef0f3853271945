package io.amivet.btrfs;

import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FilePiece;
import java.io.IOException;
import java.util.List;

/**
 * A piece of a file, {@code struct btrfs_file_extent_item} of {@code linux/btrfs_tree.h}.
 *
 * @param lengthBytes of the file that it covers
 * @param compression of what is stored
 * @param diskAddress logical address of the stored extent; 0 for a hole and for inline contents
 * @param diskBytes how long the stored extent is
 * @param offset where in the extent, decoded, the piece starts: files share extents in parts
 * @param decodedBytes how long the extent is when decoded
 * @param inline stored contents that lie in the item itself; empty for all others
 */
record FileExtent(
    long fileOffset,
    long lengthBytes,
    Kind kind,
    Compression compression,
    long diskAddress,
    long diskBytes,
    long offset,
    long decodedBytes,
    byte[] inline)
    implements FilePiece {

  enum Kind {
    INLINE,
    REGULAR,
    /** Allocated but never written: reads as zeros. */
    PREALLOCATED
  }

  private static final int INLINE_DATA = 21;
  private static final int SIZE_BYTES = 53;

  /** {@code BTRFS_MAX_COMPRESSED}; also of what an inline extent can hold. */
  private static final long MAX_DECODED_BYTES = 128 << 10;

  static FileExtent parse(long fileOffset, int sectorBytes, StructView item) throws IOException {
    if (!item.holds(0, INLINE_DATA) || fileOffset < 0) {
      throw item.corrupt(BtrfsFault.EXTENT_ITEM, 0, item.sizeBytes() + " bytes");
    }
    long ram_bytes = item.u64le(8);
    int type = item.u8(20);
    if (item.u8(17) != 0 || item.u16le(18) != 0) {
      throw new UnsupportedFeatureException("btrfs file extent", List.of("encryption"));
    }
    Compression compression = Compression.of(item.u8(16));
    if (type > 2 || ram_bytes < 0) {
      throw item.corrupt(BtrfsFault.EXTENT_ITEM, 20, "type " + type);
    }
    if (compression != Compression.NONE && ram_bytes > MAX_DECODED_BYTES) {
      throw item.corrupt(BtrfsFault.EXTENT_ITEM, 8, ram_bytes + " bytes when decoded");
    }
    Kind kind = Kind.values()[type];
    return kind == Kind.INLINE
        ? inline(fileOffset, compression, ram_bytes, item)
        : stored(fileOffset, sectorBytes, kind, compression, ram_bytes, item);
  }

  private static FileExtent inline(
      long fileOffset, Compression compression, long ram_bytes, StructView item) {
    byte[] bytes = item.bytes(INLINE_DATA, item.sizeBytes() - INLINE_DATA);
    long length = compression == Compression.NONE ? bytes.length : ram_bytes;
    return new FileExtent(
        fileOffset, length, Kind.INLINE, compression, 0, bytes.length, 0, length, bytes);
  }

  private static FileExtent stored(
      long fileOffset,
      int sectorBytes,
      Kind kind,
      Compression compression,
      long ram_bytes,
      StructView item)
      throws IOException {
    if (!item.holds(0, SIZE_BYTES)) {
      throw item.corrupt(BtrfsFault.EXTENT_ITEM, 0, item.sizeBytes() + " bytes");
    }
    long disk_bytenr = item.u64le(21);
    long disk_num_bytes = item.u64le(29);
    long offset = item.u64le(37);
    long num_bytes = item.u64le(45);
    if (num_bytes <= 0 || offset < 0 || offset + num_bytes < 0 || fileOffset + num_bytes < 0) {
      throw item.corrupt(BtrfsFault.EXTENT_ITEM, 37, num_bytes + " bytes from " + offset);
    }
    // Without this, one stored extent could be decoded anew for every byte of a file.
    if (((fileOffset | disk_bytenr | offset | num_bytes) & (sectorBytes - 1)) != 0) {
      throw item.corrupt(BtrfsFault.EXTENT_ITEM, 21, "not on the border of a sector");
    }
    boolean hole = disk_bytenr == 0;
    boolean compressed = compression != Compression.NONE;
    long available = compressed ? ram_bytes : disk_num_bytes;
    if (!hole && (disk_bytenr < 0 || disk_num_bytes <= 0 || offset + num_bytes > available)) {
      String detail = num_bytes + " bytes from " + offset + " of " + available;
      throw item.corrupt(BtrfsFault.EXTENT_ITEM, 21, detail);
    }
    if (compressed && disk_num_bytes > MAX_DECODED_BYTES) {
      throw item.corrupt(BtrfsFault.EXTENT_ITEM, 29, disk_num_bytes + " bytes compressed");
    }
    return new FileExtent(
        fileOffset,
        num_bytes,
        kind,
        compression,
        disk_bytenr,
        disk_num_bytes,
        offset,
        ram_bytes,
        new byte[0]);
  }

  boolean isHole() {
    return kind != Kind.INLINE && diskAddress == 0;
  }

  /** Whether its bytes lie on the volume as they read, or read as zeros. */
  boolean isPlain() {
    return kind == Kind.PREALLOCATED || (kind == Kind.REGULAR && compression == Compression.NONE);
  }

  @Override
  public long fileEnd() {
    return fileOffset + lengthBytes;
  }
}
