package io.amivet.ext;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * CRC-32 that takes each byte from its highest bit, the kernel's {@code crc32_be}: the checksum of
 * whole journal transactions.
 */
final class Crc32Be {
  private static final int POLYNOMIAL = 0x04c11db7;
  private static final int[] TABLE = table();

  private int register = -1;

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int value = i << 24;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        value = value < 0 ? (value << 1) ^ POLYNOMIAL : value << 1;
      }
      table[i] = value;
    }
    return table;
  }

  void bytes(MemorySegment bytes) {
    for (long at = 0; at < bytes.byteSize(); at++) {
      int octet = bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff;
      register = (register << 8) ^ TABLE[(register >>> 24) ^ octet];
    }
  }

  int register() {
    return register;
  }

  void reset() {
    register = -1;
  }
}
