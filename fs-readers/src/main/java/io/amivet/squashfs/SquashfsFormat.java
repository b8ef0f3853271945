package io.amivet.squashfs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import java.io.IOException;

/** squashfs 4.0, with every compressor of the kernel. Older versions are refused by name. */
public final class SquashfsFormat implements FileSystemFormat {

  @Override
  public String name() {
    return "squashfs";
  }

  @Override
  public boolean probe(BlockDevice volume) throws IOException {
    if (volume.sizeBytes() < Superblock.SIZE_BYTES) {
      return false;
    }
    long s_magic = volume.struct("squashfs_super_block", 0, Superblock.SIZE_BYTES).u32le(0);
    return s_magic == Superblock.MAGIC || s_magic == Superblock.MAGIC_BIG_ENDIAN;
  }

  @Override
  public FileSystemView open(BlockDevice volume, AnomalyLog anomalies, JournalMode journal)
      throws IOException {
    if (volume.sizeBytes() < Superblock.SIZE_BYTES) {
      throw new CorruptImageException(
          SquashfsFault.VOLUME_TRUNCATED,
          volume.imageOffset(0),
          "squashfs_super_block",
          volume.toString());
    }
    StructView sb = volume.struct("squashfs_super_block", 0, Superblock.SIZE_BYTES);
    Superblock superblock = Superblock.parse(sb);
    if (superblock.bytesUsed() > volume.sizeBytes()) {
      String detail = volume.sizeBytes() + " of " + superblock.bytesUsed() + " bytes";
      anomalies.add(sb.anomaly(SquashfsFault.VOLUME_TRUNCATED, 40, detail));
    }
    return SquashfsFileSystem.open(new Metadata(volume, superblock, anomalies));
  }
}
