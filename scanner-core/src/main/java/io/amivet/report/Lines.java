package io.amivet.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays out text for a terminal of a given width. Text must be escaped before it comes here. */
final class Lines {
  private Lines() {}

  /** Columns that the text takes: two for wide East Asian characters, none for marks. */
  static int columns(String text) {
    return text.codePoints().map(Lines::columns).sum();
  }

  private static int columns(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }

  /** The text with spaces behind it up to {@code columns}. */
  static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - columns(text)));
  }

  /** The text, its end replaced by an ellipsis if it is too wide. */
  static String fit(String text, int columns) {
    if (columns(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      used += columns(c);
      if (used > columns - 1) {
        break;
      }
      cut.appendCodePoint(c);
    }
    return cut.append('…').toString();
  }

  /** Breaks text at spaces; a word that is too long stands alone. */
  static List<String> wrap(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+")) {
      if (!line.isEmpty() && columns(line.toString()) + 1 + columns(word) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** {@code 1,234 places}, {@code 1 place}. */
  static String count(long number, String noun) {
    return number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A size in the largest binary unit it fills. */
  static String size(long bytes) {
    String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    boolean whole = unit == 0 || value >= 100;
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, units[unit]);
  }
}
