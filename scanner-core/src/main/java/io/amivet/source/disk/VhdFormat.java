package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.source.disk.BlockTableMap.BlockTable;
import java.io.IOException;
import java.util.List;

/**
 * Virtual PC's format, as Hyper-V and Azure use it: fixed and dynamic disks. The bitmaps of sectors
 * in the blocks of dynamic disks are not looked at: what was never written was zeroed before.
 */
final class VhdFormat implements DiskFormat {
  private static final int HEADER_BYTES = 1024;
  private static final long UNUSED = 0xffff_ffffL;
  private static final int SECTOR_BYTES = 512;
  private static final long MAX_BLOCK_BYTES = 256 << 20;

  @Override
  public String label() {
    return "vhd";
  }

  @Override
  public boolean probe(BlockDevice file) throws IOException {
    return VhdFooter.find(file) >= 0;
  }

  @Override
  public VirtualDisk open(BlockDevice file, Siblings siblings) throws IOException {
    long footerAt = VhdFooter.find(file);
    VhdFooter footer =
        VhdFooter.parse(file.struct("hard disk footer", footerAt, VhdFooter.SIZE_BYTES));
    return switch (footer.type()) {
      case FIXED -> fixed(file, footer, footerAt);
      case DYNAMIC -> new VirtualDisk(file.toString(), dynamic(file, footer));
      case DIFFERENCING ->
          throw new UnsupportedFeatureException(
              "the vhd image " + file, List.of("a parent image (differencing disk)"));
    };
  }

  private static VirtualDisk fixed(BlockDevice file, VhdFooter footer, long footerAt)
      throws CorruptImageException {
    if (footer.currentSizeBytes() > footerAt) {
      throw new CorruptImageException(
          DiskFault.HEADER,
          footerAt,
          "hard disk footer",
          "a disk of " + footer.currentSizeBytes() + " bytes in a file that is smaller");
    }
    return new VirtualDisk(file.toString(), new LinearMap(file, 0, footer.currentSizeBytes()));
  }

  private static DiskMap dynamic(BlockDevice file, VhdFooter footer) throws IOException {
    long at = footer.dataOffset();
    if (at < 0 || at > file.sizeBytes() - HEADER_BYTES || !Magic.isAt(file, at, "cxsparse")) {
      throw new CorruptImageException(
          DiskFault.HEADER, 0, "hard disk footer", "no dynamic disk header at " + at);
    }
    StructView header = file.struct("dynamic disk header", at, HEADER_BYTES);
    VhdFooter.checkChecksum(header, 36);
    long table_offset = header.u64be(16);
    long max_table_entries = header.u32be(28);
    long block_size = header.u32be(32);
    if (block_size < SECTOR_BYTES
        || block_size > MAX_BLOCK_BYTES
        || Long.bitCount(block_size) != 1) {
      throw header.corrupt(DiskFault.HEADER, 32, "blocks of " + block_size + " bytes");
    }
    long size = footer.currentSizeBytes();
    long needed = size / block_size + (size % block_size == 0 ? 0 : 1);
    if (needed > max_table_entries) {
      throw header.corrupt(DiskFault.HEADER, 28, max_table_entries + " entries of " + needed);
    }
    if (table_offset < 0 || table_offset > file.sizeBytes() - needed * Integer.BYTES) {
      throw header.corrupt(DiskFault.TABLE, 16, needed + " entries at " + table_offset);
    }
    return new BlockTableMap(file, size, block_size, table(file, table_offset, block_size));
  }

  private static BlockTable table(BlockDevice file, long tableOffset, long blockBytes) {
    long bitmapBytes = blockBytes / SECTOR_BYTES / Byte.SIZE;
    long bitmapSectors = (bitmapBytes + SECTOR_BYTES - 1) / SECTOR_BYTES;
    return block -> {
      long entry = tableOffset + block * Integer.BYTES;
      long sector = file.struct("block allocation table", entry, Integer.BYTES).u32be(0);
      return sector == UNUSED ? BlockTable.HOLE : (sector + bitmapSectors) * SECTOR_BYTES;
    };
  }
}
