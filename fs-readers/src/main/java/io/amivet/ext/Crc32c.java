package io.amivet.ext;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/**
 * CRC-32C (Castagnoli) as the kernel's {@code crc32c_le} chains it: a register is carried from call
 * to call and never inverted, so any value can be the start. {@link CRC32C} always starts from all
 * ones; the four bytes that lead from there to the wanted register are fed to it first.
 */
final class Crc32c {
  /** The register's usual start. */
  static final int ALL_ONES = -1;

  private static final int POLYNOMIAL_REFLECTED = 0x82f63b78;

  private final CRC32C crc = new CRC32C();
  private final byte[] word = new byte[8];

  private Crc32c() {}

  static Crc32c startingAt(int register) {
    Crc32c crc = new Crc32c();
    return register == ALL_ONES ? crc : crc.u32(rewind(register) ^ ALL_ONES);
  }

  /** The register that 32 zero bits turn into {@code register}. */
  private static int rewind(int register) {
    int r = register;
    for (int i = 0; i < Integer.SIZE; i++) {
      r = r < 0 ? ((r ^ POLYNOMIAL_REFLECTED) << 1) | 1 : r << 1;
    }
    return r;
  }

  Crc32c u32(int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      word[i] = (byte) (value >>> (8 * i));
    }
    crc.update(word, 0, Integer.BYTES);
    return this;
  }

  Crc32c u64(long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      word[i] = (byte) (value >>> (8 * i));
    }
    crc.update(word, 0, Long.BYTES);
    return this;
  }

  Crc32c bytes(byte[] bytes) {
    crc.update(bytes, 0, bytes.length);
    return this;
  }

  Crc32c bytes(MemorySegment bytes, long from, long to) {
    crc.update(bytes.asSlice(from, to - from).asByteBuffer());
    return this;
  }

  int register() {
    return ~(int) crc.getValue();
  }
}
