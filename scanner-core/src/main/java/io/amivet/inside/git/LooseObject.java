package io.amivet.inside.git;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;

/** An object in a file of its own: a zlib stream of {@code type SP size NUL contents}. */
final class LooseObject {
  /** The longest header: {@code commit}, a blank, 19 digits, NUL. */
  private static final int MAX_HEADER_BYTES = 28;

  private static final Pattern PATH =
      Pattern.compile(".*/objects/(?<first>[0-9a-f]{2})/(?<rest>[0-9a-f]{38}|[0-9a-f]{62})");

  private LooseObject() {}

  /** The id that the path of a loose object spells; empty for any other path. */
  static Optional<ObjectId> idOf(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches()
        ? Optional.of(
            new ObjectId(HexFormat.of().parseHex(matcher.group("first") + matcher.group("rest"))))
        : Optional.empty();
  }

  /** Whether a file that starts with these bytes may be one. */
  static boolean recognises(byte[] head) {
    // RFC 1950: deflate with a window of up to 32 KiB, and a check value.
    return head.length >= 2
        && (head[0] & 0x8f) == 8
        && ((head[0] & 0xff) << 8 | (head[1] & 0xff)) % 31 == 0;
  }

  /**
   * Opens an object.
   *
   * @param compressed the file; the object reads from it
   * @return empty if it is something else
   * @throws IOException also if the stream is damaged
   */
  static Optional<GitObject> open(ObjectId id, InputStream compressed) throws IOException {
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
    return ObjectType.ofLabel(parts[0])
        .map(type -> new GitObject(type, id, Long.parseLong(parts[1]), contents));
  }
}
