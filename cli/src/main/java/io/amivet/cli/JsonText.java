package io.amivet.cli;

import java.nio.charset.StandardCharsets;

/**
 * JSON strings in ASCII alone (RFC 8259, section 7), so that a terminal that shows them is as safe
 * as a program that parses them.
 */
final class JsonText {
  private JsonText() {}

  /** Bytes that are meant as UTF-8, with quotation marks; malformed ones become U+FFFD. */
  static void string(LineBuffer out, byte[] utf8) {
    if (isPlain(utf8)) {
      out.add('"').add(utf8).add('"');
    } else {
      string(out, new String(utf8, StandardCharsets.UTF_8));
    }
  }

  private static boolean isPlain(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0x20 || b == 0x7f || b == '"' || b == '\\') {
        return false;
      }
    }
    return true;
  }

  static void string(LineBuffer out, String text) {
    out.add('"');
    for (int i = 0; i < text.length(); i++) {
      append(out, text.charAt(i));
    }
    out.add('"');
  }

  private static void append(LineBuffer out, char c) {
    switch (c) {
      case '"' -> out.add('\\').add('"');
      case '\\' -> out.add('\\').add('\\');
      case '\n' -> out.add('\\').add('n');
      case '\r' -> out.add('\\').add('r');
      case '\t' -> out.add('\\').add('t');
      default -> {
        if (c >= 0x20 && c < 0x7f) {
          out.add(c);
        } else {
          out.add('\\').add('u').hex4(c);
        }
      }
    }
  }
}
