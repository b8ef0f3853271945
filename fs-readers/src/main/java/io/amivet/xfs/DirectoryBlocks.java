package io.amivet.xfs;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The data blocks of a directory in block, leaf, node or tree form: {@code xfs_dir2_data_hdr},
 * {@code xfs_dir3_data_hdr}, {@code xfs_dir2_data_entry}, {@code xfs_dir2_data_unused} and {@code
 * xfs_dir2_block_tail} of {@code xfs_da_format.h}.
 *
 * <p>Names live in the data blocks alone; the hash index behind {@code XFS_DIR2_LEAF_OFFSET} is not
 * read. A directory block is {@code 1 << sb_dirblklog} file-system blocks, which need not lie side
 * by side.
 */
final class DirectoryBlocks {
  /** {@code XFS_DIR2_LEAF_OFFSET}: the hash index starts here, the names end before. */
  static final long LEAF_OFFSET_BYTES = 1L << 35;

  /** A map can name millions of blocks for free; a directory this damaged is given up. */
  private static final int MAX_DAMAGED_BLOCKS = 4096;

  private static final int HEADER_BYTES_V4 = 16;
  private static final int HEADER_BYTES_V5 = 64;
  private static final long DATA_V4 = 0x58443244; // "XD2D"
  private static final long DATA_V5 = 0x58444433; // "XDD3"
  private static final long BLOCK_V4 = 0x58443242; // "XD2B"
  private static final long BLOCK_V5 = 0x58444233; // "XDB3"
  private static final int FREE_TAG = 0xffff;
  private static final int ALIGNMENT = 8;
  private static final int TAIL_BYTES = 8;
  private static final int LEAF_ENTRY_BYTES = 8;
  private static final Metadata.SelfDescription SELF_DESCRIPTION =
      new Metadata.SelfDescription(0x04, 0x18, 0x08, 0x28);

  private final Metadata metadata;
  private final Fork fork;
  private final EntryCollector names;
  private final Set<Long> seen = new HashSet<>();
  private final boolean version5;
  private int damagedBlocks;

  private DirectoryBlocks(Metadata metadata, Fork fork, EntryCollector names) {
    this.metadata = metadata;
    this.fork = fork;
    this.names = names;
    this.version5 = metadata.superblock.selfDescribing();
  }

  /** Gives every entry of every data block to {@code names}; a damaged block costs its rest. */
  static void read(Metadata metadata, DiskInode directory, EntryCollector names)
      throws IOException {
    Fork fork = directory.data();
    List<Mapping> mappings = ForkMap.readWhatIsLeft(metadata, fork);
    DirectoryBlocks blocks = new DirectoryBlocks(metadata, fork, names);
    blocks.readAll(mappings);
    blocks.checkEnd(mappings, directory.inode().sizeBytes());
  }

  /**
   * Names reach up to {@code di_size}, which shrinks when the last block goes. Blocks before it may
   * have gone ({@code xfs_dir2_shrink_inode}), so other holes prove nothing.
   */
  private void checkEnd(List<Mapping> mappings, long sizeBytes) {
    int blockLog = metadata.geometry.blockLog();
    long end = 0;
    for (Mapping mapping : mappings) {
      if (mapping.fileBlock() << blockLog < LEAF_OFFSET_BYTES) {
        end = mapping.endBlock() << blockLog;
      }
    }
    if (mappings.size() != fork.extents() || end < sizeBytes) {
      String detail = "names end at " + end + " of " + sizeBytes + " bytes";
      names.lose(fork.bytes().anomaly(XfsFault.DIRECTORY_HOLE, 0, detail));
    }
  }

  private void readAll(List<Mapping> mappings) throws IOException {
    int perBlockLog = metadata.superblock.directoryBlockLog() - metadata.geometry.blockLog();
    long limit = LEAF_OFFSET_BYTES >> metadata.superblock.directoryBlockLog();
    MappedBlocks blocks = new MappedBlocks(mappings, metadata.geometry);
    long next = 0;
    for (Mapping mapping : mappings) {
      long last = (mapping.endBlock() - 1) >> perBlockLog;
      next = Math.max(next, mapping.fileBlock() >> perBlockLog);
      for (; next <= last && next < limit; next++) {
        if (!readBlock(blocks.pieces(next << perBlockLog, 1L << perBlockLog), mapping)) {
          return;
        }
      }
    }
  }

  /** Reads one block; false if the rest of the directory is to be given up. */
  private boolean readBlock(List<ByteRange> pieces, Mapping mapping) throws IOException {
    try {
      StructView block = open(pieces, mapping);
      readNames(block, pieces);
      return true;
    } catch (CorruptImageException e) {
      names.lose(e.toAnomaly());
      damagedBlocks++;
      return damagedBlocks < MAX_DAMAGED_BLOCKS
          && e.fault() != XfsFault.DIRECTORY_LIMIT
          && e.fault() != XfsFault.DIRECTORY_CYCLE;
    }
  }

  private StructView open(List<ByteRange> pieces, Mapping mapping) throws IOException {
    String name = "xfs_dir_data of inode " + fork.inode();
    int size = metadata.superblock.directoryBlockBytes();
    if (pieces.isEmpty()) {
      throw new CorruptImageException(
          XfsFault.DIRECTORY_HOLE,
          metadata.volume.imageOffset(mapping.volumeOffset()),
          name,
          "after file block " + mapping.fileBlock());
    }
    for (ByteRange piece : pieces) {
      if (!metadata.holds(piece.offset(), piece.length())) {
        throw fork.bytes().corrupt(XfsFault.EXTENT_RANGE, 0, "directory block past the volume");
      }
      if (!seen.add(piece.offset())) {
        throw fork.bytes().corrupt(XfsFault.DIRECTORY_CYCLE, 0, "block at " + piece.offset());
      }
    }
    if (pieces.size() == 1) {
      return metadata.volume.struct(name, pieces.getFirst().offset(), size);
    }
    return new GatheredDevice(metadata.volume, pieces).struct(name, 0, size);
  }

  private void readNames(StructView block, List<ByteRange> pieces) throws CorruptImageException {
    long magic = block.u32be(0x00);
    boolean single = magic == (version5 ? BLOCK_V5 : BLOCK_V4);
    if (!single && magic != (version5 ? DATA_V5 : DATA_V4)) {
      throw block.corrupt(XfsFault.DIRECTORY_MAGIC, 0x00, "0x" + Long.toHexString(magic));
    }
    metadata.verify(block, SELF_DESCRIPTION, fork.inode(), pieces);
    int at = version5 ? HEADER_BYTES_V5 : HEADER_BYTES_V4;
    int end = single ? endOfNames(block, at) : block.sizeBytes();
    while (at < end) {
      int length = block.u16be(at) == FREE_TAG ? block.u16be(at + 2) : entryBytes(block, at);
      if (length < ALIGNMENT || length % ALIGNMENT != 0 || length > end - at) {
        names.damaged(block, XfsFault.DIRECTORY_ENTRY, at);
        return;
      }
      if (block.u16be(at) != FREE_TAG) {
        names.add(block, at + 9, block.u8(at + 8), block.u64be(at));
      }
      at += length;
    }
  }

  /** Block form: the leaf entries and their count sit at the end of the only block. */
  private static int endOfNames(StructView block, int start) throws CorruptImageException {
    int tail = block.sizeBytes() - TAIL_BYTES;
    long count = block.u32be(tail);
    if (count > (tail - start) / LEAF_ENTRY_BYTES) {
      throw block.corrupt(XfsFault.DIRECTORY_TAIL, tail, count + " leaf entries");
    }
    return tail - (int) count * LEAF_ENTRY_BYTES;
  }

  /** {@code xfs_dir2_data_entsize}: number, length, name, type, tag, rounded up. */
  private int entryBytes(StructView block, int at) {
    if (!block.holds(at, 2L * ALIGNMENT)) {
      return 0;
    }
    int namelen = block.u8(at + 8);
    int bytes = 8 + 1 + namelen + (metadata.superblock.hasFileType() ? 1 : 0) + 2;
    return namelen == 0 ? 0 : (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
