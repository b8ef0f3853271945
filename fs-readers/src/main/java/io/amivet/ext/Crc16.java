package io.amivet.ext;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * CRC-16 with the reflected polynomial 0xA001, the kernel's {@code crc16}: group checksums only.
 */
final class Crc16 {
  private static final int POLYNOMIAL_REFLECTED = 0xa001;

  private int register = 0xffff;

  Crc16 bytes(MemorySegment bytes, long from, long to) {
    for (long at = from; at < to; at++) {
      octet(bytes.get(ValueLayout.JAVA_BYTE, at));
    }
    return this;
  }

  Crc16 bytes(byte[] bytes) {
    return bytes(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  Crc16 u32(int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      octet(value >>> (8 * i));
    }
    return this;
  }

  private void octet(int value) {
    register ^= value & 0xff;
    for (int bit = 0; bit < Byte.SIZE; bit++) {
      register = (register >>> 1) ^ ((register & 1) * POLYNOMIAL_REFLECTED);
    }
  }

  int register() {
    return register;
  }
}
