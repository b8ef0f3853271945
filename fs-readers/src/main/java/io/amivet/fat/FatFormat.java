package io.amivet.fat;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import java.io.IOException;

/** FAT12, FAT16 and FAT32 as Linux mounts them with {@code vfat} and its default options. */
public final class FatFormat implements FileSystemFormat {

  @Override
  public String name() {
    return "vfat";
  }

  @Override
  public boolean probe(BlockDevice volume) throws IOException {
    return volume.sizeBytes() >= BootSector.SIZE_BYTES
        && BootSector.possible(volume.struct("fat_boot_sector", 0, BootSector.SIZE_BYTES));
  }

  @Override
  public FileSystemView open(BlockDevice volume, AnomalyLog anomalies, JournalMode journal)
      throws IOException {
    if (volume.sizeBytes() < BootSector.SIZE_BYTES) {
      throw new CorruptImageException(
          FatFault.VOLUME_TRUNCATED, volume.imageOffset(0), "fat_boot_sector", volume.toString());
    }
    StructView sector = volume.struct("fat_boot_sector", 0, BootSector.SIZE_BYTES);
    BootSector boot = BootSector.parse(sector);
    if (boot.sizeBytes() > volume.sizeBytes()) {
      String detail = volume.sizeBytes() + " of " + boot.sizeBytes() + " bytes";
      anomalies.add(sector.anomaly(FatFault.VOLUME_TRUNCATED, 32, detail));
    }
    if (boot.dataStart() > volume.sizeBytes()) {
      throw sector.corrupt(FatFault.VOLUME_TRUNCATED, 32, volume.sizeBytes() + " bytes");
    }
    return FatFileSystem.open(new AllocationTable(volume, boot, anomalies));
  }
}
