package io.amivet.fat;

import io.amivet.block.StructView;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** A directory entry with a short name, {@code struct msdos_dir_entry} of {@code msdos_fs.h}. */
record DiskEntry(StructView fields) {
  static final int SIZE_BYTES = 32;

  private static final int READ_ONLY = 0x01;
  private static final int VOLUME = 0x08;
  private static final int DIRECTORY = 0x10;

  /** {@code ATTR_EXT}: a piece of a long name. */
  private static final int LONG_NAME = 0x0f;

  private static final int DELETED = 0xe5;

  /** Stands for a first byte of 0xe5 that is not a mark. */
  private static final int ESCAPED_E5 = 0x05;

  private static final int LOWER_BASE = 0x08;
  private static final int LOWER_EXTENSION = 0x10;

  /** {@code CONFIG_FAT_DEFAULT_CODEPAGE}. */
  private static final Charset CODE_PAGE = Charset.forName("IBM437");

  private static final int FIRST_YEAR = 1980;

  boolean isFree() {
    return fields.u8(0) == 0 || fields.u8(0) == DELETED;
  }

  boolean isLongName() {
    return (fields.u8(11) & 0x3f) == LONG_NAME;
  }

  boolean isLabel() {
    return !isLongName() && (fields.u8(11) & VOLUME) != 0;
  }

  boolean isDirectory() {
    return (fields.u8(11) & DIRECTORY) != 0;
  }

  /** {@code .} or {@code ..}. */
  boolean isDot() {
    String name = new String(fields.bytes(0, 11), StandardCharsets.ISO_8859_1);
    return name.equals(".          ") || name.equals("..         ");
  }

  /** What Linux shows for root with default options: all may read, root may write. */
  int mode() {
    boolean readOnly = (fields.u8(11) & READ_ONLY) != 0 && !isDirectory();
    return readOnly ? 0555 : 0755;
  }

  long firstCluster(boolean fat32) {
    return fields.u16le(26) | (fat32 ? (long) fields.u16le(20) << 16 : 0);
  }

  long sizeBytes() {
    return fields.u32le(28);
  }

  Instant modified() {
    return instant(fields.u16le(24), fields.u16le(22), 0);
  }

  Instant accessed() {
    return instant(fields.u16le(18), 0, 0);
  }

  Instant created() {
    return instant(fields.u16le(16), fields.u16le(14), fields.u8(13));
  }

  /**
   * FAT keeps local time without saying where; it is taken as UTC. Impossible values roll over, as
   * in {@code fat_time_fat2unix}.
   */
  private static Instant instant(int date, int time, int centiseconds) {
    int month = Math.min(12, Math.max(1, (date >> 5) & 15));
    int day = Math.max(1, date & 31);
    long seconds = (time >> 11) * 3600L + ((time >> 5) & 63) * 60L + (time & 31) * 2L;
    return LocalDate.of(FIRST_YEAR + (date >> 9), month, 1)
        .plusDays(day - 1L)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant()
        .plusSeconds(seconds)
        .plusMillis(centiseconds * 10L);
  }

  /** The sum that each piece of a long name carries, so that it cannot pass to another file. */
  int checksum() {
    int sum = 0;
    for (int i = 0; i < 11; i++) {
      sum = (((sum & 1) << 7) + (sum >> 1) + fields.u8(i)) & 0xff;
    }
    return sum;
  }

  /** The short name with the case that {@code lcase} keeps ({@code shortname=mixed}). */
  byte[] shortName() {
    byte[] raw = fields.bytes(0, 11);
    if (raw[0] == ESCAPED_E5) {
      raw[0] = (byte) DELETED;
    }
    int lcase = fields.u8(12);
    String base = text(raw, 0, 8, (lcase & LOWER_BASE) != 0);
    String extension = text(raw, 8, 3, (lcase & LOWER_EXTENSION) != 0);
    String name = extension.isEmpty() ? base : base + "." + extension;
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] raw, int at, int length, boolean lower) {
    String padded = new String(raw, at, length, CODE_PAGE);
    int end = padded.length();
    while (end > 0 && padded.charAt(end - 1) == ' ') {
      end--;
    }
    String text = padded.substring(0, end);
    return lower ? text.toLowerCase(Locale.ROOT) : text;
  }

  /** The text of a label. */
  String label() {
    byte[] raw = fields.bytes(0, 11);
    if (raw[0] == ESCAPED_E5) {
      raw[0] = (byte) DELETED;
    }
    return text(raw, 0, 11, false);
  }
}
