package io.amivet.xfs;

import io.amivet.block.ByteRange;
import io.amivet.block.StructView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * A value too long for its inode or leaf: an attribute's ({@code struct xfs_attr3_rmt_hdr}) or a
 * symbolic link's target ({@code struct xfs_dsymlink_hdr}; {@code xfs_da_format.h}, {@code
 * xfs_format.h}). Version 4 keeps the bare bytes; in version 5 every file-system block starts with
 * a header, the same for both but for its magic.
 */
final class RemoteValue {
  static final long ATTRIBUTE_MAGIC = 0x5841524d; // "XARM"
  static final long SYMLINK_MAGIC = 0x58534c4d; // "XSLM"

  private static final int HEADER_BYTES = 56;
  private static final Metadata.SelfDescription SELF_DESCRIPTION =
      new Metadata.SelfDescription(0x0c, 0x10, 0x28, 0x20);

  private RemoteValue() {}

  /**
   * Reads {@code lengthBytes}, at most 64 KiB, from {@code fileBlock} of {@code fork} on.
   *
   * @param mappings the fork's
   */
  static byte[] read(
      Metadata metadata,
      Fork fork,
      List<Mapping> mappings,
      long fileBlock,
      int lengthBytes,
      long magic)
      throws IOException {
    boolean headers = metadata.superblock.selfDescribing();
    int perBlock = metadata.geometry.blockSizeBytes() - (headers ? HEADER_BYTES : 0);
    MappedBlocks blocks = new MappedBlocks(mappings, metadata.geometry);
    ByteArrayOutputStream value = new ByteArrayOutputStream(lengthBytes);
    for (long next = fileBlock; value.size() < lengthBytes; next++) {
      StructView block = open(metadata, fork, blocks.pieces(next, 1));
      int wanted = Math.min(perBlock, lengthBytes - value.size());
      if (headers) {
        check(metadata, fork, block, magic, value.size(), wanted);
      }
      value.writeBytes(block.bytes(headers ? HEADER_BYTES : 0, wanted));
    }
    return value.toByteArray();
  }

  private static StructView open(Metadata metadata, Fork fork, List<ByteRange> pieces)
      throws IOException {
    if (pieces.isEmpty()) {
      throw fork.bytes().corrupt(XfsFault.REMOTE_LENGTH, 0, "");
    }
    return metadata.at(
        "remote value of inode " + fork.inode(),
        pieces.getFirst().offset(),
        metadata.geometry.blockSizeBytes(),
        XfsFault.EXTENT_RANGE);
  }

  /** The header states where in the value its bytes belong and how many they are. */
  private static void check(
      Metadata metadata, Fork fork, StructView block, long magic, int offset, int wanted)
      throws IOException {
    long sl_magic = block.u32be(0x00);
    long sl_offset = block.u32be(0x04);
    long sl_bytes = block.u32be(0x08);
    if (sl_magic != magic || sl_offset != offset || sl_bytes != wanted) {
      throw block.corrupt(
          XfsFault.REMOTE_HEADER,
          0x00,
          "magic 0x" + Long.toHexString(sl_magic) + ", " + sl_bytes + " bytes at " + sl_offset);
    }
    metadata.verify(block, SELF_DESCRIPTION, fork.inode());
  }
}
