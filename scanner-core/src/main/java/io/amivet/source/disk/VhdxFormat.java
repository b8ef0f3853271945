package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.source.disk.BlockTableMap.BlockTable;
import java.io.IOException;

/**
 * Hyper-V's format, [MS-VHDX]: fixed and dynamic disks. A log that was not played back when the
 * image was closed is played back in memory.
 */
final class VhdxFormat implements DiskFormat {
  private static final int STATE_MASK = 7;
  private static final int PAYLOAD_BLOCK_FULLY_PRESENT = 6;
  private static final int PAYLOAD_BLOCK_PARTIALLY_PRESENT = 7;
  private static final long OFFSET_MASK = -1L << 20;

  /** A sector bitmap block follows as many payload blocks as describe 2^23 sectors. */
  private static final long SECTORS_PER_BITMAP = 1 << 23;

  @Override
  public String label() {
    return "vhdx";
  }

  @Override
  public boolean probe(BlockDevice file) throws IOException {
    return Magic.isAt(file, 0, "vhdxfile");
  }

  @Override
  public VirtualDisk open(BlockDevice file, Siblings siblings) throws IOException {
    VhdxHeader header = VhdxHeader.read(file);
    VhdxLog.Replay replay = VhdxLog.replay(file, header);
    BlockDevice replayed = replay.device();
    VhdxRegions regions = VhdxRegions.read(replayed);
    VhdxMetadata metadata = VhdxMetadata.read(replayed, regions.metadata());
    DiskMap map =
        new BlockTableMap(
            replayed,
            metadata.sizeBytes(),
            metadata.blockBytes(),
            table(replayed, regions, metadata));
    return new VirtualDisk(
        file.toString(),
        map,
        metadata.logicalSectorBytes(),
        new VirtualDisk.Findings(replay.notes(), replay.losses()));
  }

  private static BlockTable table(BlockDevice file, VhdxRegions regions, VhdxMetadata metadata)
      throws CorruptImageException {
    long chunkRatio = SECTORS_PER_BITMAP * metadata.logicalSectorBytes() / metadata.blockBytes();
    long at = regions.blockTable().offset();
    if (metadata.sizeBytes() > 0) {
      long lastBlock = (metadata.sizeBytes() - 1) / metadata.blockBytes();
      long needed = lastBlock + lastBlock / chunkRatio + 1;
      if (needed > regions.blockTable().length() / Long.BYTES) {
        throw new CorruptImageException(DiskFault.TABLE, at, "BAT", needed + " entries are needed");
      }
    }
    return block -> {
      long entryAt = at + (block + block / chunkRatio) * Long.BYTES;
      var entry = file.struct("BAT entry", entryAt, Long.BYTES);
      int state = (int) (entry.u64le(0) & STATE_MASK);
      long offset = entry.u64le(0) & OFFSET_MASK;
      return switch (state) {
        case PAYLOAD_BLOCK_FULLY_PRESENT -> offset;
        case PAYLOAD_BLOCK_PARTIALLY_PRESENT, 4, 5 ->
            throw entry.corrupt(DiskFault.ENTRY, 0, "state " + state);
        default -> BlockTable.HOLE;
      };
    };
  }
}
