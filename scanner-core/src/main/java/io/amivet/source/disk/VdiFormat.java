package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.source.disk.BlockTableMap.BlockTable;
import java.io.IOException;
import java.util.List;

/**
 * VirtualBox's format, version 1: dynamic and fixed disks. Structure {@code VDIHEADER1} of
 * VirtualBox's VDICore.h, {@code VdiHeader} of QEMU's block/vdi.c.
 */
final class VdiFormat implements DiskFormat {
  private static final int HEADER_BYTES = 512;
  private static final long SIGNATURE = 0xbeda107fL;
  private static final int TYPE_DYNAMIC = 1;
  private static final int TYPE_STATIC = 2;
  private static final int TYPE_DIFFERENCING = 4;

  /** This entry is free, the one below was discarded; both read as zeros. */
  private static final long UNALLOCATED = 0xffff_ffffL;

  private static final long DISCARDED = 0xffff_fffeL;
  private static final long MAX_BLOCK_BYTES = 256 << 20;

  @Override
  public String label() {
    return "vdi";
  }

  @Override
  public boolean probe(BlockDevice file) throws IOException {
    return file.sizeBytes() >= HEADER_BYTES
        && file.struct("VDIHEADER", 0, HEADER_BYTES).u32le(0x40) == SIGNATURE;
  }

  @Override
  public VirtualDisk open(BlockDevice file, Siblings siblings) throws IOException {
    StructView header = file.struct("VDIHEADER", 0, HEADER_BYTES);
    checkType(file, header);
    long offset_bmap = header.u32le(0x154);
    long offset_data = header.u32le(0x158);
    long sector_size = header.u32le(0x168);
    long disk_size = header.u64le(0x170);
    long block_size = header.u32le(0x178);
    long block_extra = header.u32le(0x17c);
    long blocks_in_image = header.u32le(0x180);
    if (sector_size != 512) {
      throw header.corrupt(DiskFault.HEADER, 0x168, "sectors of " + sector_size + " bytes");
    }
    if (block_size < 512 || block_size > MAX_BLOCK_BYTES || Long.bitCount(block_size) != 1) {
      throw header.corrupt(DiskFault.HEADER, 0x178, "blocks of " + block_size + " bytes");
    }
    if (disk_size < 0 || disk_size > blocks_in_image * block_size) {
      throw header.corrupt(
          DiskFault.HEADER, 0x170, disk_size + " bytes in " + blocks_in_image + " blocks");
    }
    if (offset_bmap > file.sizeBytes() - blocks_in_image * Integer.BYTES) {
      throw header.corrupt(DiskFault.TABLE, 0x154, blocks_in_image + " entries at " + offset_bmap);
    }
    BlockTable table =
        block -> {
          long entry = offset_bmap + block * Integer.BYTES;
          long index = file.struct("block map", entry, Integer.BYTES).u32le(0);
          return index == UNALLOCATED || index == DISCARDED
              ? BlockTable.HOLE
              : offset_data + index * (block_extra + block_size) + block_extra;
        };
    return new VirtualDisk(file.toString(), new BlockTableMap(file, disk_size, block_size, table));
  }

  private static void checkType(BlockDevice file, StructView header)
      throws UnsupportedFeatureException, CorruptImageException {
    long version = header.u32le(0x44);
    if (version >>> 16 != 1) {
      throw new UnsupportedFeatureException(
          "the vdi image " + file, List.of("version " + (version >>> 16)));
    }
    long image_type = header.u32le(0x4c);
    if (image_type == TYPE_DIFFERENCING) {
      throw new UnsupportedFeatureException(
          "the vdi image " + file, List.of("a parent image (differencing disk)"));
    }
    if (image_type != TYPE_DYNAMIC && image_type != TYPE_STATIC) {
      throw header.corrupt(DiskFault.HEADER, 0x4c, "image type " + image_type);
    }
  }
}
