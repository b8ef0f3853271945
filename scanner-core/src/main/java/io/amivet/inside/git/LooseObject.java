package io.amivet.inside.git;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/**
 * An object in a file of its own: a zlib stream of {@code type SP size NUL contents}.
 *
 * @param contents without the header
 */
record LooseObject(ObjectType type, InputStream contents) {
  /** The longest header: {@code commit}, a blank, 19 digits, NUL. */
  private static final int MAX_HEADER_BYTES = 28;

  /**
   * Whether a file that starts with these bytes may be one: RFC 1950, deflate with a window of up
   * to 32 KiB, and a check value.
   */
  static boolean recognises(int first, int second) {
    return second >= 0 && (first & 0x8f) == 8 && ((first << 8) | second) % 31 == 0;
  }

  /**
   * Opens an object.
   *
   * @param compressed the file; the object reads from it
   * @return empty if it is something else
   * @throws IOException also if the stream is damaged
   */
  static Optional<LooseObject> open(InputStream compressed) throws IOException {
    InflaterInputStream contents = new InflaterInputStream(compressed);
    StringBuilder header = new StringBuilder();
    for (int octet = contents.read(); octet > 0; octet = contents.read()) {
      header.append((char) octet);
      if (header.length() == MAX_HEADER_BYTES) {
        return Optional.empty();
      }
    }
    String[] parts = header.toString().split(" ", -1);
    if (parts.length != 2 || !parts[1].matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return ObjectType.ofLabel(parts[0]).map(type -> new LooseObject(type, contents));
  }
}
