package io.amivet.artifact.history;

import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Histories of a command a line: sh, psql, redis-cli, interpreters; with the time stamps of bash
 * ({@code #1700000000} before a command, see HISTTIMEFORMAT in bash(1)) and csh ({@code
 * #+1700000000}); and in libedit's encoding, as mysql and psql may write ({@code _HiStOrY_V2_}
 * first, then vis(3) with {@code \040} for a blank).
 */
final class TextHistory {
  private static final Pattern STAMP = Pattern.compile("#\\+?([0-9]{9,10})");
  private static final String LIBEDIT_MARK = "_HiStOrY_V2_";
  private static final int OCTAL_DIGITS = 3;

  private TextHistory() {}

  static List<HistoryCommand> read(byte[] bytes) {
    List<HistoryCommand> commands = new ArrayList<>();
    long stamp = 0;
    boolean encoded = false;
    for (TextLines.Line line : TextLines.of(bytes)) {
      if (line.number() == 1 && line.text().equals(LIBEDIT_MARK)) {
        encoded = true;
        continue;
      }
      Matcher stamped = STAMP.matcher(line.text());
      if (stamped.matches()) {
        stamp = Long.parseLong(stamped.group(1));
        continue;
      }
      String text = encoded ? unvis(line.text()) : line.text();
      if (!text.isBlank()) {
        commands.add(new HistoryCommand(line.number(), line.offset(), text, stamp));
      }
    }
    return commands;
  }

  /** Undoes vis(3): a backslash and three octal digits, or a doubled backslash. */
  static String unvis(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\' && isOctal(text, i + 1)) {
        plain.append((char) Integer.parseInt(text.substring(i + 1, i + 1 + OCTAL_DIGITS), 8));
        i += 1 + OCTAL_DIGITS;
      } else if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '\\') {
        plain.append(c);
        i += 2;
      } else {
        plain.append(c);
        i++;
      }
    }
    return plain.toString();
  }

  private static boolean isOctal(String text, int start) {
    if (start + OCTAL_DIGITS > text.length() || text.charAt(start) > '3') {
      return false;
    }
    for (int i = start; i < start + OCTAL_DIGITS; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '7') {
        return false;
      }
    }
    return true;
  }
}
