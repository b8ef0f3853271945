package io.amivet.xfs;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The log sequence number in a version 5 metadata block: of the last transaction that was written
 * back to it ({@code xlog_recover_get_buf_lsn} of {@code xfs_buf_item_recover.c}).
 */
final class BlockLsn {
  /** Nothing is known, so that the log is right. */
  static final long NONE = 0;

  private static final int SUPERBLOCK_META_UUID = 0xf8;

  private BlockLsn() {}

  /** The number in a block that proves by {@code metaUuid} to be of this file system. */
  static long of(byte[] block, UUID metaUuid) {
    ByteBuffer bytes = ByteBuffer.wrap(block);
    return switch (bytes.getInt(0)) {
      // AB3B, AB3C, RMB3, R3FC, FIB3, IAB3: trees of a group.
      case 0x41423342, 0x41423343, 0x524d4233, 0x52334643, 0x46494233, 0x49414233 ->
          lsn(bytes, 0x18, 0x20, metaUuid);
      // BMA3: a block map.
      case 0x424d4133 -> lsn(bytes, 0x20, 0x28, metaUuid);
      // XAGF, XAFL, XAGI.
      case 0x58414746 -> lsn(bytes, 0xd0, 0x40, metaUuid);
      case 0x5841464c -> lsn(bytes, 0x18, 0x08, metaUuid);
      case 0x58414749 -> lsn(bytes, 0x140, 0x128, metaUuid);
      // XSLM: a symbolic link.
      case 0x58534c4d -> lsn(bytes, 0x30, 0x10, metaUuid);
      // XDB3, XDD3, XDF3: directory blocks.
      case 0x58444233, 0x58444433, 0x58444633 -> lsn(bytes, 0x10, 0x18, metaUuid);
      // XFSB: the one of two uuids that the metadata has.
      case 0x58465342 ->
          lsn(
              bytes,
              0xf0,
              isAt(bytes, SUPERBLOCK_META_UUID, metaUuid) ? SUPERBLOCK_META_UUID : 0x20,
              metaUuid);
      default -> ofIndex(bytes, metaUuid);
    };
  }

  /** Blocks that start with {@code xfs_da3_blkinfo}: indexes of directories, attributes. */
  private static long ofIndex(ByteBuffer bytes, UUID metaUuid) {
    return switch (bytes.getShort(8) & 0xffff) {
      case 0x3df1, 0x3dff, 0x3bee, 0x3ebe -> lsn(bytes, 0x18, 0x20, metaUuid);
      default -> NONE;
    };
  }

  private static long lsn(ByteBuffer bytes, int at, int uuidAt, UUID metaUuid) {
    long lsn = bytes.getLong(at);
    return isAt(bytes, uuidAt, metaUuid) && lsn != -1 ? lsn : NONE;
  }

  private static boolean isAt(ByteBuffer bytes, int at, UUID uuid) {
    return bytes.getLong(at) == uuid.getMostSignificantBits()
        && bytes.getLong(at + 8) == uuid.getLeastSignificantBits();
  }
}
