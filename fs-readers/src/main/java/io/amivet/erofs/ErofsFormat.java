package io.amivet.erofs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import java.io.IOException;
import java.util.zip.CRC32C;

/** EROFS with every layout and compressor of Linux 6.12; later features are refused by name. */
public final class ErofsFormat implements FileSystemFormat {
  private static final int SB_CHKSUM = 0x1;
  private static final int CHECKSUM_AT = 4;

  @Override
  public String name() {
    return "erofs";
  }

  @Override
  public boolean probe(BlockDevice volume) throws IOException {
    return volume.sizeBytes() >= Superblock.OFFSET + Superblock.SIZE_BYTES
        && superblock(volume).u32le(0) == Superblock.MAGIC;
  }

  private static StructView superblock(BlockDevice volume) throws IOException {
    return volume.struct("erofs_super_block", Superblock.OFFSET, Superblock.SIZE_BYTES);
  }

  @Override
  public FileSystemView open(BlockDevice volume, AnomalyLog anomalies, JournalMode journal)
      throws IOException {
    if (volume.sizeBytes() < Superblock.OFFSET + Superblock.SIZE_BYTES) {
      throw new CorruptImageException(
          ErofsFault.VOLUME_TRUNCATED,
          volume.imageOffset(0),
          "erofs_super_block",
          volume.toString());
    }
    StructView sb = superblock(volume);
    Superblock superblock = Superblock.parse(sb);
    verify(volume, sb, superblock, anomalies);
    long stated = superblock.sizeBytes();
    if (stated > volume.sizeBytes()) {
      String detail = volume.sizeBytes() + " of " + stated + " bytes";
      anomalies.add(sb.anomaly(ErofsFault.VOLUME_TRUNCATED, 36, detail));
    }
    ErofsFileSystem fs = new ErofsFileSystem(new Metadata(volume, superblock, anomalies));
    // A root that cannot be read means that nothing can.
    fs.inode(fs.rootInodeNumber());
    return fs;
  }

  /** The checksum covers the rest of the superblock's block, with its own field as zeros. */
  private static void verify(
      BlockDevice volume, StructView sb, Superblock superblock, AnomalyLog anomalies)
      throws IOException {
    int blockSize = superblock.blockSizeBytes();
    int length = blockSize > Superblock.OFFSET ? blockSize - Superblock.OFFSET : blockSize;
    if ((superblock.compat() & SB_CHKSUM) == 0
        || volume.sizeBytes() < Superblock.OFFSET + (long) length) {
      return;
    }
    byte[] block = volume.struct("erofs_super_block", Superblock.OFFSET, length).bytes(0, length);
    for (int i = CHECKSUM_AT; i < CHECKSUM_AT + 4; i++) {
      block[i] = 0;
    }
    CRC32C crc = new CRC32C();
    crc.update(block);
    // The kernel leaves out the last inversion.
    if ((int) ~crc.getValue() != sb.i32le(CHECKSUM_AT)) {
      anomalies.add(sb.anomaly(ErofsFault.SUPERBLOCK_CHECKSUM, CHECKSUM_AT, ""));
    }
  }
}
