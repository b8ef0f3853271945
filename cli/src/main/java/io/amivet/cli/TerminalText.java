package io.amivet.cli;

import io.amivet.fs.FsPath;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Makes text from an image harmless to a terminal. Names in an image are an attacker's: escape
 * sequences can rewrite the screen or type into the shell, bidirectional controls can show a name
 * backwards. What could do so, and bytes that are not UTF-8, become {@code \xNN}, byte by byte; all
 * else stays as it is, backslashes too.
 */
final class TerminalText {
  private static final HexFormat HEX = HexFormat.of();

  private TerminalText() {}

  static String escape(FsPath path) {
    return escape(path.toBytes());
  }

  /** Appends bytes that are meant as UTF-8, escaped. */
  static void append(LineBuffer text, byte[] bytes) {
    if (isPrintableAscii(bytes)) {
      text.add(bytes);
    } else {
      text.utf8(escape(bytes));
    }
  }

  private static boolean isPrintableAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0x20 || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Escapes bytes that are meant as UTF-8. */
  static String escape(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer decoded = CharBuffer.allocate(bytes.length + 1);
    StringBuilder safe = new StringBuilder(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, decoded, true);
      appendEscaped(safe, decoded.flip().toString());
      decoded.clear();
      if (!result.isError()) {
        return safe.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        appendByte(safe, in.get());
      }
      decoder.reset();
    }
  }

  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    appendEscaped(safe, text);
    return safe.toString();
  }

  private static void appendEscaped(StringBuilder safe, String text) {
    text.codePoints()
        .forEach(point -> {
          if (isHarmless(point)) {
            safe.appendCodePoint(point);
          } else {
            for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
              appendByte(safe, b);
            }
          }
        });
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      // FORMAT holds the bidirectional controls and everything of no width.
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static void appendByte(StringBuilder safe, byte b) {
    safe.append("\\x").append(HEX.toHexDigits(b));
  }
}
