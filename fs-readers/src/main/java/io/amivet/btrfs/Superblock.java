package io.amivet.btrfs;

import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What a reader needs of {@code struct btrfs_super_block} ({@code linux/btrfs_tree.h}), checked.
 *
 * @param metadataUuid what tree nodes carry: {@code metadata_uuid} if the uuid was changed later
 * @param root the root tree
 * @param chunkRoot the chunk tree
 * @param logRoot logical address of the log tree, 0 if there is none
 * @param deviceId {@code dev_item.devid}: which of the devices this is
 * @param deviceBytes {@code dev_item.total_bytes}
 * @param systemChunks {@code sys_chunk_array}, cut to what is used
 */
record Superblock(
    UUID uuid,
    UUID metadataUuid,
    String label,
    long generation,
    TreeRoot root,
    TreeRoot chunkRoot,
    long logRoot,
    int sectorBytes,
    int nodeBytes,
    long deviceCount,
    long deviceId,
    long deviceBytes,
    long flags,
    long incompat,
    long roCompat,
    ChecksumType checksumType,
    List<TreeRoot> backups,
    StructView systemChunks) {

  /** {@code BTRFS_SUPER_INFO_SIZE}. */
  static final int SIZE_BYTES = 4096;

  /** {@code BTRFS_MAGIC}, "_BHRfS_M". */
  static final long MAGIC = 0x4d5f53665248425fL;

  static final int MAGIC_OFFSET = 0x40;

  /** {@code BTRFS_MAX_METADATA_BLOCKSIZE}. */
  private static final int MAX_NODE_BYTES = 64 << 10;

  private static final int SYSTEM_CHUNKS_OFFSET = 0x32b;
  private static final int SYSTEM_CHUNKS_BYTES = 2048;
  private static final int BACKUPS_OFFSET = 0xb2b;
  private static final int BACKUPS = 4;
  private static final int BACKUP_BYTES = 168;

  static boolean hasMagic(StructView sb) {
    return sb.u64le(MAGIC_OFFSET) == MAGIC;
  }

  static Superblock parse(StructView sb) throws IOException {
    if (!hasMagic(sb)) {
      throw sb.corrupt(BtrfsFault.SUPERBLOCK_MAGIC, MAGIC_OFFSET, "");
    }
    long incompat = sb.u64le(0xbc);
    List<String> refused = IncompatFeature.refused(incompat);
    if (!refused.isEmpty()) {
      throw new UnsupportedFeatureException("btrfs", refused);
    }
    int csum_type = sb.u16le(0xc4);
    Optional<ChecksumType> checksum = ChecksumType.of(csum_type);
    if (checksum.isEmpty()) {
      throw new UnsupportedFeatureException("btrfs", List.of("checksum type " + csum_type));
    }
    long sectorsize = sb.u32le(0x90);
    long nodesize = sb.u32le(0x94);
    if (!isBlockSize(sectorsize) || !isBlockSize(nodesize) || nodesize < sectorsize) {
      String sizes = "sectors of " + sectorsize + ", nodes of " + nodesize + " bytes";
      throw sb.corrupt(BtrfsFault.SUPERBLOCK_SIZES, 0x90, sizes);
    }
    long sys_chunk_array_size = sb.u32le(0xa0);
    if (sys_chunk_array_size > SYSTEM_CHUNKS_BYTES) {
      throw sb.corrupt(BtrfsFault.SYSTEM_CHUNKS, 0xa0, sys_chunk_array_size + " bytes");
    }
    UUID fsid = uuid(sb, 0x20);
    return new Superblock(
        fsid,
        IncompatFeature.METADATA_UUID.in(incompat) ? uuid(sb, 0x23b) : fsid,
        text(sb.bytes(0x12b, 256)),
        sb.u64le(0x48),
        treeRoot(sb, TreeId.ROOT, 0x50, 0xc6, 0x48),
        treeRoot(sb, TreeId.CHUNK, 0x58, 0xc7, 0xa4),
        sb.u64le(0x60),
        (int) sectorsize,
        (int) nodesize,
        sb.u64le(0x88),
        sb.u64le(0xc9),
        sb.u64le(0xc9 + 8),
        sb.u64le(0x38),
        incompat,
        sb.u64le(0xb4),
        checksum.get(),
        backups(sb),
        sb.slice("sys_chunk_array", SYSTEM_CHUNKS_OFFSET, (int) sys_chunk_array_size));
  }

  private static boolean isBlockSize(long bytes) {
    return bytes >= 4096 && bytes <= MAX_NODE_BYTES && Long.bitCount(bytes) == 1;
  }

  private static TreeRoot treeRoot(
      StructView sb, long id, int addressAt, int levelAt, int generationAt) throws IOException {
    int level = sb.u8(levelAt);
    if (level > Node.MAX_LEVEL || sb.u64le(addressAt) <= 0) {
      throw sb.corrupt(BtrfsFault.SUPERBLOCK_ROOT, addressAt, "tree " + id + ", level " + level);
    }
    return new TreeRoot(id, sb.u64le(addressAt), level, sb.u64le(generationAt));
  }

  /** Where earlier root trees were ({@code struct btrfs_root_backup}), the newest first. */
  private static List<TreeRoot> backups(StructView sb) {
    return IntStream.range(0, BACKUPS)
        .map(i -> BACKUPS_OFFSET + i * BACKUP_BYTES)
        .filter(at -> sb.u64le(at) > 0 && sb.u8(at + 152) <= Node.MAX_LEVEL)
        .mapToObj(at -> new TreeRoot(TreeId.ROOT, sb.u64le(at), sb.u8(at + 152), sb.u64le(at + 8)))
        .sorted(Comparator.comparingLong(TreeRoot::generation).reversed())
        .toList();
  }

  static UUID uuid(StructView struct, int at) {
    return new UUID(struct.u64be(at), struct.u64be(at + 8));
  }

  private static String text(byte[] field) {
    int length = 0;
    while (length < field.length && field[length] != 0) {
      length++;
    }
    return new String(field, 0, length, StandardCharsets.UTF_8);
  }
}
