package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import java.io.IOException;

/** A disk, or a part of one, that lies in a file as it is, from some offset on. */
record LinearMap(BlockDevice file, long fileOffset, long sizeBytes) implements DiskMap {
  @Override
  public Run runAt(long offset) throws IOException {
    return StoredRuns.at(file, fileOffset + offset, sizeBytes - offset, "flat image");
  }
}
