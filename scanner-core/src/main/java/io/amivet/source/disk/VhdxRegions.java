package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The region table of a VHDX image, [MS-VHDX] section 2.2.3; the second copy if the first is bad.
 */
record VhdxRegions(ByteRange blockTable, ByteRange metadata) {
  private static final Guid BAT = Guid.of("2DC27766-F623-4200-9D64-115E9BFD4A08");
  private static final Guid METADATA = Guid.of("8B7CA206-4790-4B9A-B8FE-575F050F886E");
  private static final long[] OFFSETS = {192 << 10, 256 << 10};
  private static final int SIZE_BYTES = 64 << 10;
  private static final int ENTRY_BYTES = 32;
  private static final int MAX_ENTRIES = 2047;

  static VhdxRegions read(BlockDevice file) throws IOException {
    if (OFFSETS[1] > file.sizeBytes() - SIZE_BYTES) {
      throw new CorruptImageException(DiskFault.TRUNCATED, OFFSETS[0], "VHDX_REGION_TABLE", "");
    }
    try {
      return parse(file.struct("VHDX_REGION_TABLE", OFFSETS[0], SIZE_BYTES), file);
    } catch (CorruptImageException first) {
      return parse(file.struct("VHDX_REGION_TABLE", OFFSETS[1], SIZE_BYTES), file);
    }
  }

  private static VhdxRegions parse(StructView table, BlockDevice file) throws IOException {
    VhdxHeader.checkSignature(table, "regi");
    VhdxHeader.checkCrc(table);
    long EntryCount = table.u32le(8);
    if (EntryCount > MAX_ENTRIES) {
      throw table.corrupt(DiskFault.HEADER, 8, EntryCount + " regions");
    }
    Map<Guid, ByteRange> regions = new HashMap<>();
    for (int i = 0; i < EntryCount; i++) {
      StructView entry = table.slice("VHDX_REGION_TABLE_ENTRY", 16 + i * ENTRY_BYTES, ENTRY_BYTES);
      Guid guid = Guid.at(entry, 0);
      long FileOffset = entry.u64le(16);
      long Length = entry.u32le(24);
      boolean Required = (entry.u32le(28) & 1) != 0;
      boolean known = guid.equals(BAT) || guid.equals(METADATA);
      if (!known && Required) {
        throw new UnsupportedFeatureException(
            "the vhdx image " + file, List.of("a required region of an unknown kind"));
      }
      if (known && (FileOffset < 0 || FileOffset > file.sizeBytes() - Length)) {
        throw entry.corrupt(DiskFault.TABLE, 16, Length + " bytes at " + FileOffset);
      }
      if (known) {
        regions.put(guid, new ByteRange(FileOffset, Length));
      }
    }
    ByteRange bat = regions.get(BAT);
    ByteRange metadata = regions.get(METADATA);
    if (bat == null || metadata == null) {
      throw table.corrupt(DiskFault.HEADER, 8, "no region for the block table or the metadata");
    }
    return new VhdxRegions(bat, metadata);
  }
}
