package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.List;

/**
 * The header of a sparse VMDK extent, {@code SparseExtentHeader} of VMware's "Virtual Disk Format
 * 5.0". A stream-optimized extent leaves the place of its grain directory to a footer at its end,
 * which is a second header.
 *
 * @param capacityBytes of the part of the disk that this extent holds
 * @param descriptorOffset in bytes; 0 if the extent has no descriptor
 * @param directoryOffset of the grain directory in bytes
 * @param zeroGrains a table entry of 1 stands for zeros
 * @param markers a grain starts with its sector number and compressed length
 */
record VmdkSparseHeader(
    long capacityBytes,
    long grainBytes,
    long tableEntries,
    long descriptorOffset,
    long descriptorBytes,
    long directoryOffset,
    boolean zeroGrains,
    boolean compressed,
    boolean markers) {
  static final String MAGIC = "KDMV";
  static final int SIZE_BYTES = 512;
  static final int SECTOR_BYTES = 512;

  private static final long REDUNDANT_TABLES = 1 << 1;
  private static final long ZERO_GRAINS = 1 << 2;
  private static final long COMPRESSED = 1 << 16;
  private static final long MARKERS = 1 << 17;
  private static final long AT_END = -1;

  /** Footer, and the marker of the end of the stream behind it. */
  private static final int FOOTER_FROM_END = 1024;

  private static final long MAX_SECTORS = Long.MAX_VALUE / SECTOR_BYTES;
  private static final long MAX_GRAIN_SECTORS = 1 << 14;
  private static final long MAX_TABLE_ENTRIES = 1 << 16;

  static VmdkSparseHeader read(BlockDevice file) throws IOException {
    if (file.sizeBytes() < SIZE_BYTES) {
      throw new UnsupportedFeatureException(file.toString(), List.of("a header that is cut off"));
    }
    StructView header = file.struct("SparseExtentHeader", 0, SIZE_BYTES);
    long footerAt = file.sizeBytes() - FOOTER_FROM_END;
    if (header.u64le(56) != AT_END) {
      return parse(header, file);
    }
    if (!Magic.isAt(file, footerAt, MAGIC)) {
      throw header.corrupt(
          DiskFault.TRUNCATED, 56, "the grain directory is at the end, which is missing");
    }
    return parse(file.struct("SparseExtentHeader", footerAt, SIZE_BYTES), file);
  }

  private static VmdkSparseHeader parse(StructView header, BlockDevice file) throws IOException {
    long version = header.u32le(4);
    long flags = header.u32le(8);
    long capacity = header.u64le(12);
    long grainSize = header.u64le(20);
    long descriptorOffset = header.u64le(28);
    long descriptorSize = header.u64le(36);
    long numGTEsPerGT = header.u32le(44);
    long gdOffset = (flags & REDUNDANT_TABLES) != 0 ? header.u64le(48) : header.u64le(56);
    int compressAlgorithm = header.u16le(77);
    if (version < 1 || version > 3) {
      throw new UnsupportedFeatureException(
          "the vmdk image " + file, List.of("version " + version));
    }
    if ((flags & COMPRESSED) != 0 && compressAlgorithm != 1) {
      throw new UnsupportedFeatureException(
          "the vmdk image " + file, List.of("compression algorithm " + compressAlgorithm));
    }
    if (capacity < 0 || capacity > MAX_SECTORS) {
      throw header.corrupt(DiskFault.HEADER, 12, Long.toUnsignedString(capacity) + " sectors");
    }
    if (grainSize < 1 || grainSize > MAX_GRAIN_SECTORS || Long.bitCount(grainSize) != 1) {
      throw header.corrupt(DiskFault.HEADER, 20, "grains of " + grainSize + " sectors");
    }
    if (numGTEsPerGT < 1 || numGTEsPerGT > MAX_TABLE_ENTRIES) {
      throw header.corrupt(DiskFault.HEADER, 44, "tables of " + numGTEsPerGT + " entries");
    }
    VmdkSparseHeader parsed =
        new VmdkSparseHeader(
            capacity * SECTOR_BYTES,
            grainSize * SECTOR_BYTES,
            numGTEsPerGT,
            bytes(header, descriptorOffset, 28),
            bytes(header, descriptorSize, 36),
            bytes(header, gdOffset, 56),
            (flags & ZERO_GRAINS) != 0,
            (flags & COMPRESSED) != 0,
            (flags & MARKERS) != 0);
    parsed.checkDirectory(header, file);
    return parsed;
  }

  private static long bytes(StructView header, long sectors, int at) throws IOException {
    if (sectors < 0 || sectors > MAX_SECTORS) {
      throw header.corrupt(DiskFault.HEADER, at, "sector " + Long.toUnsignedString(sectors));
    }
    return sectors * SECTOR_BYTES;
  }

  private void checkDirectory(StructView header, BlockDevice file) throws IOException {
    long tableBytes = grainBytes * tableEntries;
    long tables = capacityBytes / tableBytes + (capacityBytes % tableBytes == 0 ? 0 : 1);
    if (directoryOffset > file.sizeBytes() - tables * Integer.BYTES) {
      throw header.corrupt(DiskFault.TABLE, 56, tables + " entries at " + directoryOffset);
    }
  }
}
