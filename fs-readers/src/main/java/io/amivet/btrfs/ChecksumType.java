package io.amivet.btrfs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** How a file system checks its blocks ({@code enum btrfs_csum_type} of {@code btrfs_tree.h}). */
enum ChecksumType {
  CRC32C(4) {
    @Override
    byte[] of(MemorySegment bytes) {
      CRC32C crc = new CRC32C();
      crc.update(bytes.asByteBuffer());
      return littleEndian(Integer.BYTES).putInt((int) crc.getValue()).array();
    }
  },
  XXHASH64(8) {
    @Override
    byte[] of(MemorySegment bytes) {
      return littleEndian(Long.BYTES).putLong(XxHash64.of(bytes)).array();
    }
  },
  SHA256(32) {
    @Override
    byte[] of(MemorySegment bytes) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(bytes.asByteBuffer());
        return digest.digest();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  },
  BLAKE2B(32) {
    @Override
    byte[] of(MemorySegment bytes) {
      return Blake2b.of(bytes);
    }
  };

  /** {@code BTRFS_CSUM_SIZE}: the field at the start of a block, whatever the type. */
  static final int FIELD_BYTES = 32;

  private final int sizeBytes;

  ChecksumType(int sizeBytes) {
    this.sizeBytes = sizeBytes;
  }

  static Optional<ChecksumType> of(int csum_type) {
    return csum_type < values().length ? Optional.of(values()[csum_type]) : Optional.empty();
  }

  /** Bytes of a checksum. */
  int sizeBytes() {
    return sizeBytes;
  }

  /** The checksum of some bytes, as it is stored. */
  abstract byte[] of(MemorySegment bytes);

  /** Whether a block that starts with its checksum's field is intact. */
  boolean holdsFor(MemorySegment block) {
    byte[] stored = block.asSlice(0, sizeBytes).toArray(ValueLayout.JAVA_BYTE);
    return Arrays.equals(stored, of(block.asSlice(FIELD_BYTES)));
  }

  private static ByteBuffer littleEndian(int lengthBytes) {
    return ByteBuffer.allocate(lengthBytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
