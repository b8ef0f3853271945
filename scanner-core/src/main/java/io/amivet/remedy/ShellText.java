package io.amivet.remedy;

import io.amivet.fs.FsPath;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Hostile text in a shell script: as a word that means itself, or as a comment that ends in time.
 */
final class ShellText {
  private static final int MAX_COMMENT = 400;

  private ShellText() {}

  /**
   * A word in single quotes (POSIX.1-2024, Shell Command Language, 2.2.2), in which nothing but the
   * quote is special: not even a newline.
   *
   * @param latin1 one char for each byte
   */
  static String quoted(String latin1) {
    return "'" + latin1.replace("'", "'\\''") + "'";
  }

  /** The directory that holds a path and the name in it, as two words. */
  static String directoryAndName(FsPath path) {
    String name = new String(path.name(), StandardCharsets.ISO_8859_1);
    return quoted(path.parent().latin1()) + " " + quoted(name);
  }

  /** Text for a comment: printable ASCII on one line, all else by its number. */
  static String comment(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length() && plain.length() < MAX_COMMENT; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        plain.append("\\\\");
      } else if (c >= ' ' && c <= '~') {
        plain.append(c);
      } else {
        plain.append(String.format(Locale.ROOT, "\\u{%x}", (int) c));
      }
    }
    return plain.append(text.length() > MAX_COMMENT ? "..." : "").toString();
  }
}
