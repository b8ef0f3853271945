package io.amivet.volume.lvm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code calc_crc} of LVM2's {@code lib/misc/crc.c}: the CRC-32 of zlib with another start and
 * without the inversion at the end.
 */
final class LvmChecksum {
  private static final int INITIAL_CRC = 0xf597a6cf;
  private static final int POLYNOMIAL = 0xedb88320;
  private static final int[] TABLE = table();

  private LvmChecksum() {}

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
      }
      table[i] = crc;
    }
    return table;
  }

  static int start() {
    return INITIAL_CRC;
  }

  /** Goes on with a checksum over the next bytes. */
  static int update(int crc, MemorySegment bytes) {
    int result = crc;
    for (long i = 0; i < bytes.byteSize(); i++) {
      result = TABLE[(result ^ bytes.get(ValueLayout.JAVA_BYTE, i)) & 0xff] ^ result >>> 8;
    }
    return result;
  }

  static long of(MemorySegment bytes) {
    return update(INITIAL_CRC, bytes) & 0xffff_ffffL;
  }
}
