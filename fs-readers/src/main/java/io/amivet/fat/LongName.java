package io.amivet.fat;

import io.amivet.block.StructView;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A long name on its way: the entries before a short name that hold thirteen UTF-16 units each, the
 * last first ({@code struct msdos_dir_slot}). Entries out of order are dropped, as Linux does.
 */
final class LongName {
  private static final int LAST = 0x40;
  private static final int MAX_PIECES = 20;
  private static final int UNITS = 13;

  private final byte[] units = new byte[MAX_PIECES * UNITS * 2];
  private int pieces;
  private int expected;
  private int checksum;

  void clear() {
    pieces = 0;
    expected = 0;
  }

  void add(StructView slot) {
    int id = slot.u8(0);
    int number = id & ~LAST;
    if ((id & LAST) != 0) {
      boolean possible = number >= 1 && number <= MAX_PIECES;
      pieces = possible ? number : 0;
      expected = pieces;
      checksum = slot.u8(13);
    }
    if (expected == 0 || number != expected || slot.u8(13) != checksum) {
      clear();
      return;
    }
    int at = (number - 1) * UNITS * 2;
    System.arraycopy(slot.bytes(1, 10), 0, units, at, 10);
    System.arraycopy(slot.bytes(14, 12), 0, units, at + 10, 12);
    System.arraycopy(slot.bytes(28, 4), 0, units, at + 22, 4);
    expected--;
  }

  /** The whole name, if it is one and belongs to the entry. */
  Optional<byte[]> of(DiskEntry entry) {
    if (pieces == 0 || expected != 0 || checksum != entry.checksum()) {
      return Optional.empty();
    }
    String all = new String(units, 0, pieces * UNITS * 2, StandardCharsets.UTF_16LE);
    int end = all.indexOf('\0');
    String name = end < 0 ? all : all.substring(0, end);
    return name.isEmpty() ? Optional.empty() : Optional.of(name.getBytes(StandardCharsets.UTF_8));
  }
}
