package io.amivet.report;

import io.amivet.finding.Finding;
import io.amivet.fs.FsPath;
import io.amivet.inside.MemberPath;
import java.util.Locale;

/**
 * Makes text from an image safe to show on one line of a terminal: what would move the cursor,
 * start an escape sequence, hide, or turn the direction of writing is shown by its number. A
 * backslash is doubled, so that nothing can pretend to have been escaped.
 */
final class HostileText {
  private HostileText() {}

  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(safe, c));
    return safe.toString();
  }

  /** Where a finding is: its path, and its member after a {@code !} if it is in an archive. */
  static String place(Finding finding) {
    String path = escape(finding.path());
    return finding.member().isEmpty()
        ? path
        : path + MemberPath.SEPARATOR + escape(finding.member());
  }

  /** A path with each byte that is not part of well-formed UTF-8 as {@code \xff}. */
  static String escape(FsPath path) {
    if (path.utf8().isPresent()) {
      return escape(path.utf8().get());
    }
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      int b = path.byteAt(i) & 0xff;
      if (b < 0x80) {
        append(safe, b);
      } else {
        safe.append(String.format(Locale.ROOT, "\\x%02x", b));
      }
    }
    return safe.toString();
  }

  private static void append(StringBuilder safe, int c) {
    switch (c) {
      case '\n' -> safe.append("\\n");
      case '\r' -> safe.append("\\r");
      case '\t' -> safe.append("\\t");
      case '\\' -> safe.append("\\\\");
      default -> {
        if (isHarmless(c)) {
          safe.appendCodePoint(c);
        } else {
          safe.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : "\\u{%x}", c));
        }
      }
    }
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /**
   * Text that any encoder accepts: halves of surrogate pairs, which 16-bit labels on disk can hold,
   * become U+FFFD.
   */
  static String wellFormed(String text) {
    StringBuilder sound = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
        .forEach(sound::appendCodePoint);
    return sound.toString();
  }
}
