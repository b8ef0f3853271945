package io.amivet.xfs;

import io.amivet.block.ByteRange;
import io.amivet.block.StructView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A value too long for its inode or leaf: an attribute's ({@code struct xfs_attr3_rmt_hdr}) or a
 * symbolic link's target ({@code struct xfs_dsymlink_hdr}; {@code xfs_da_format.h}, {@code
 * xfs_format.h}). Version 4 keeps the bare bytes; in version 5 every buffer starts with a header,
 * the same for both but for its magic. A buffer is one file-system block of an attribute ({@code
 * xfs_attr_rmtval_copyout}), but a whole mapping of a symbolic link ({@code
 * xfs_symlink_remote_read}).
 */
final class RemoteValue {
  private static final long ATTRIBUTE_MAGIC = 0x5841524d; // "XARM"
  private static final long SYMLINK_MAGIC = 0x58534c4d; // "XSLM"

  private static final int HEADER_BYTES = 56;
  private static final Metadata.SelfDescription SELF_DESCRIPTION =
      new Metadata.SelfDescription(0x0c, 0x10, 0x28, 0x20);

  private RemoteValue() {}

  /**
   * Reads the value of an attribute, at most 64 KiB, from {@code fileBlock} of {@code fork} on.
   *
   * @param mappings the fork's
   */
  static byte[] attribute(
      Metadata metadata, Fork fork, List<Mapping> mappings, long fileBlock, int lengthBytes)
      throws IOException {
    MappedBlocks blocks = new MappedBlocks(mappings, metadata.geometry);
    List<ByteRange> buffers = new ArrayList<>();
    for (int i = 0; i < blockCount(metadata, lengthBytes); i++) {
      buffers.addAll(blocks.pieces(fileBlock + i, 1));
    }
    return read(metadata, fork, buffers, lengthBytes, ATTRIBUTE_MAGIC);
  }

  /** Reads the target of a symbolic link from the start of its data fork. */
  static byte[] symlink(Metadata metadata, Fork fork, int lengthBytes) throws IOException {
    MappedBlocks blocks = new MappedBlocks(ForkMap.read(metadata, fork), metadata.geometry);
    List<ByteRange> buffers = blocks.pieces(0, blockCount(metadata, lengthBytes));
    return read(metadata, fork, buffers, lengthBytes, SYMLINK_MAGIC);
  }

  /** {@code xfs_symlink_blocks}, {@code xfs_attr3_rmt_blocks}: as if each block had a header. */
  private static int blockCount(Metadata metadata, int lengthBytes) {
    int perBlock = metadata.geometry.blockSizeBytes() - headerBytes(metadata);
    return (lengthBytes + perBlock - 1) / perBlock;
  }

  private static int headerBytes(Metadata metadata) {
    return metadata.superblock.selfDescribing() ? HEADER_BYTES : 0;
  }

  private static byte[] read(
      Metadata metadata, Fork fork, List<ByteRange> buffers, int lengthBytes, long magic)
      throws IOException {
    int header = headerBytes(metadata);
    ByteArrayOutputStream value = new ByteArrayOutputStream(lengthBytes);
    for (ByteRange buffer : buffers) {
      StructView block =
          metadata.at(
              "remote value of inode " + fork.inode(),
              buffer.offset(),
              Math.toIntExact(buffer.length()),
              XfsFault.EXTENT_RANGE);
      int wanted = Math.min(block.sizeBytes() - header, lengthBytes - value.size());
      if (header > 0) {
        check(metadata, fork, block, magic, value.size(), wanted);
      }
      value.writeBytes(block.bytes(header, wanted));
    }
    if (value.size() < lengthBytes) {
      throw fork.bytes().corrupt(XfsFault.REMOTE_LENGTH, 0, "");
    }
    return value.toByteArray();
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
