package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a VHDX image says of its disk, [MS-VHDX] section 2.6. */
record VhdxMetadata(long blockBytes, long sizeBytes, int logicalSectorBytes) {
  private static final Guid FILE_PARAMETERS = Guid.of("CAA16737-FA36-4D43-B3B6-33F0AA44E76B");
  private static final Guid VIRTUAL_DISK_SIZE = Guid.of("2FA54224-CD1B-4876-B211-5DBED83BF4B8");
  private static final Guid LOGICAL_SECTOR_SIZE = Guid.of("8141BF1D-A96F-4709-BA47-F233A8FAAB5F");
  private static final Guid VIRTUAL_DISK_ID = Guid.of("BECA12AB-B2E6-4523-93EF-C309E000C746");
  private static final Guid PHYSICAL_SECTOR_SIZE = Guid.of("CDA348C7-445D-4471-9CC9-E9885251C556");
  private static final Guid PARENT_LOCATOR = Guid.of("A8D35F2D-B30B-454D-ABF7-D3D84834AB0C");
  private static final List<Guid> KNOWN =
      List.of(
          FILE_PARAMETERS,
          VIRTUAL_DISK_SIZE,
          LOGICAL_SECTOR_SIZE,
          VIRTUAL_DISK_ID,
          PHYSICAL_SECTOR_SIZE,
          PARENT_LOCATOR);
  private static final int TABLE_BYTES = 64 << 10;
  private static final int ENTRY_BYTES = 32;
  private static final int MAX_ENTRIES = 2047;
  private static final long REQUIRED = 1 << 2;
  private static final long HAS_PARENT = 1 << 1;
  private static final long MIN_BLOCK_BYTES = 1 << 20;
  private static final long MAX_BLOCK_BYTES = 256 << 20;

  static VhdxMetadata read(BlockDevice file, ByteRange region) throws IOException {
    StructView table =
        file.struct(
            "VHDX_METADATA_TABLE", region.offset(), (int) Math.min(TABLE_BYTES, region.length()));
    if (!table.holds(0, ENTRY_BYTES)) {
      throw table.corrupt(DiskFault.TABLE, 0, region.length() + " bytes of metadata");
    }
    VhdxHeader.checkSignature(table, "metadata");
    int EntryCount = table.u16le(10);
    if (EntryCount > MAX_ENTRIES || !table.holds(0, (EntryCount + 1L) * ENTRY_BYTES)) {
      throw table.corrupt(DiskFault.HEADER, 10, EntryCount + " entries");
    }
    Map<Guid, StructView> items = new HashMap<>();
    for (int i = 1; i <= EntryCount; i++) {
      StructView entry = table.slice("VHDX_METADATA_TABLE_ENTRY", i * ENTRY_BYTES, ENTRY_BYTES);
      Guid ItemId = Guid.at(entry, 0);
      if (!KNOWN.contains(ItemId)) {
        if ((entry.u32le(24) & REQUIRED) != 0) {
          throw new UnsupportedFeatureException(
              "the vhdx image " + file, List.of("a required metadata item of an unknown kind"));
        }
        continue;
      }
      items.put(ItemId, item(file, region, entry));
    }
    return parse(file, table, items);
  }

  private static StructView item(BlockDevice file, ByteRange region, StructView entry)
      throws IOException {
    long Offset = entry.u32le(16);
    long Length = entry.u32le(20);
    if (Offset > region.length() - Length || Length > TABLE_BYTES) {
      throw entry.corrupt(DiskFault.TABLE, 16, Length + " bytes at " + Offset);
    }
    return file.struct("metadata item", region.offset() + Offset, (int) Length);
  }

  private static VhdxMetadata parse(BlockDevice file, StructView table, Map<Guid, StructView> items)
      throws IOException {
    StructView parameters = require(table, items, FILE_PARAMETERS, 8);
    StructView size = require(table, items, VIRTUAL_DISK_SIZE, 8);
    StructView sector = require(table, items, LOGICAL_SECTOR_SIZE, 4);
    if ((parameters.u32le(4) & HAS_PARENT) != 0) {
      throw new UnsupportedFeatureException(
          "the vhdx image " + file, List.of("a parent image (differencing disk)"));
    }
    long BlockSize = parameters.u32le(0);
    if (BlockSize < MIN_BLOCK_BYTES
        || BlockSize > MAX_BLOCK_BYTES
        || Long.bitCount(BlockSize) != 1) {
      throw parameters.corrupt(DiskFault.HEADER, 0, "blocks of " + BlockSize + " bytes");
    }
    long LogicalSectorSize = sector.u32le(0);
    if (LogicalSectorSize != 512 && LogicalSectorSize != 4096) {
      throw sector.corrupt(DiskFault.HEADER, 0, "sectors of " + LogicalSectorSize + " bytes");
    }
    long VirtualDiskSize = size.u64le(0);
    if (VirtualDiskSize < 0) {
      throw size.corrupt(DiskFault.HEADER, 0, "size " + Long.toUnsignedString(VirtualDiskSize));
    }
    return new VhdxMetadata(BlockSize, VirtualDiskSize, (int) LogicalSectorSize);
  }

  private static StructView require(
      StructView table, Map<Guid, StructView> items, Guid id, int lengthBytes) throws IOException {
    StructView item = items.get(id);
    if (item == null || !item.holds(0, lengthBytes)) {
      throw table.corrupt(DiskFault.HEADER, 10, "a required item is missing");
    }
    return item;
  }
}
