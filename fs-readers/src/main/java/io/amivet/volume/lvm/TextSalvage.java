package io.amivet.volume.lvm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.volume.lvm.ConfigParser.SyntaxException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks for older texts in a metadata area whose newest is damaged, as {@code pvck --dump
 * metadata_search} does: each starts at a sector with the name of the group and ends with a NUL.
 * Nothing vouches for them but that they can be parsed.
 */
final class TextSalvage {
  private static final int SECTOR_BYTES = 512;
  private static final int MAX_AREA_BYTES = 16 << 20;
  private static final int MAX_CANDIDATES = 64;
  private static final int MAX_PARSED_BYTES = 32 << 20;
  private static final Pattern START =
      Pattern.compile("[A-Za-z0-9+_.][A-Za-z0-9+_.-]{0,126} \\{\nid = \"[A-Za-z0-9-]{38}\"\n");
  private static final int START_CHARS = 200;

  private final BlockDevice device;
  private final ByteRange area;

  TextSalvage(BlockDevice device, ByteRange area) {
    this.device = device;
    this.area = area;
  }

  /** The text with the highest number that can be parsed. */
  Optional<GroupText> newest() throws IOException {
    long present = Math.max(0, device.sizeBytes() - area.offset());
    int lengthBytes = (int) Math.min(Math.min(area.length(), present), MAX_AREA_BYTES);
    byte[] bytes = new byte[lengthBytes];
    device.read(area.offset(), MemorySegment.ofArray(bytes));
    Optional<GroupText> newest = Optional.empty();
    int candidates = 0;
    long parsedBytes = 0;
    for (int at = SECTOR_BYTES; at < lengthBytes; at += SECTOR_BYTES) {
      if (!startsHere(bytes, at)) {
        continue;
      }
      int end = end(bytes, at);
      parsedBytes += end - at;
      if (++candidates > MAX_CANDIDATES || parsedBytes > MAX_PARSED_BYTES) {
        break;
      }
      Optional<GroupText> found = parse(new String(bytes, at, end - at, UTF_8));
      if (found.isPresent() && (newest.isEmpty() || newest.get().seqno() < found.get().seqno())) {
        newest = found;
      }
    }
    return newest;
  }

  private static boolean startsHere(byte[] bytes, int at) {
    int length = Math.min(START_CHARS, bytes.length - at);
    return START.matcher(new String(bytes, at, length, ISO_8859_1)).lookingAt();
  }

  private static int end(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != 0) {
      at++;
    }
    return at;
  }

  private static Optional<GroupText> parse(String text) {
    try {
      return Optional.of(GroupText.parse(text));
    } catch (SyntaxException damaged) {
      return Optional.empty();
    }
  }
}
