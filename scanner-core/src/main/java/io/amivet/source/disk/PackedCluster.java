package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A compressed cluster in a file.
 *
 * @param packedBytes most that it takes up in the file; what the file lacks of it is not needed
 * @param clusterBytes what it decompresses to
 */
record PackedCluster(
    BlockDevice file, long fileOffset, int packedBytes, int clusterBytes, Packing packing) {

  /** The contents; a new array at each call. */
  byte[] unpack() throws IOException {
    long present = Math.min(packedBytes, file.sizeBytes() - fileOffset);
    if (present <= 0) {
      throw corrupt(DiskFault.TRUNCATED, "the file has " + file.sizeBytes() + " bytes");
    }
    byte[] packed = new byte[(int) present];
    file.read(fileOffset, MemorySegment.ofArray(packed));
    byte[] cluster = new byte[clusterBytes];
    int filled;
    try {
      filled = packing.unpack(packed, cluster);
    } catch (IOException | RuntimeException e) {
      throw corrupt(DiskFault.COMPRESSED, String.valueOf(e.getMessage()));
    }
    if (filled < clusterBytes) {
      throw corrupt(DiskFault.COMPRESSED, filled + " of " + clusterBytes + " bytes came out");
    }
    return cluster;
  }

  private CorruptImageException corrupt(DiskFault fault, String detail) {
    return new CorruptImageException(fault, fileOffset, "compressed cluster", detail);
  }
}
