package io.amivet.source.disk;

import io.amivet.block.BlockDevice;

/** Where a piece of a virtual disk comes from. Never empty. */
sealed interface Run {
  long lengthBytes();

  /** Nothing is stored; reads as zeros. */
  record Zeros(long lengthBytes) implements Run {}

  /** The bytes as they are, in a file. */
  record Stored(BlockDevice file, long fileOffset, long lengthBytes) implements Run {
    /** In the same file, which is the same object then. */
    @SuppressWarnings("ReferenceEquality")
    boolean isFollowedBy(Stored next) {
      return next.file == file && next.fileOffset == fileOffset + lengthBytes;
    }
  }

  /** A part of a compressed cluster, from {@code skipBytes} on. */
  record Packed(PackedCluster cluster, int skipBytes, long lengthBytes) implements Run {}

  /** The first part of this run. */
  default Run first(long limitBytes) {
    if (lengthBytes() <= limitBytes) {
      return this;
    }
    return switch (this) {
      case Zeros _ -> new Zeros(limitBytes);
      case Stored stored -> new Stored(stored.file, stored.fileOffset, limitBytes);
      case Packed packed -> new Packed(packed.cluster, packed.skipBytes, limitBytes);
    };
  }
}
