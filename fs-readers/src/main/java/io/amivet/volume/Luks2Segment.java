package io.amivet.volume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the JSON area of LUKS2 says of the first data segment (LUKS2 format 1.1.3, section 3).
 *
 * @param cipher {@code aes-xts-plain64}
 * @param keyBits of the volume key; 0 if it is not stated
 * @param more what else matters, starting with a comma: integrity, reencryption; empty if nothing
 */
record Luks2Segment(String cipher, long keyBits, String more) {

  static Optional<Luks2Segment> parse(byte[] area) {
    int end = 0;
    while (end < area.length && area[end] != 0) {
      end++;
    }
    Optional<Object> json = TinyJson.parse(new String(area, 0, end, UTF_8));
    Map<?, ?> root = object(json.orElse(null));
    Map<?, ?> segments = object(root.get("segments"));
    Map<?, ?> segment = object(segments.get("0"));
    String cipher = segment.get("encryption") instanceof String text ? text : "";
    if (cipher.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder more = new StringBuilder();
    if (object(segment.get("integrity")).get("type") instanceof String integrity) {
      more.append(", integrity ").append(integrity);
    }
    if (object(root.get("config")).get("requirements") instanceof Map<?, ?> requirements
        && requirements.get("mandatory") instanceof List<?> mandatory
        && !mandatory.isEmpty()) {
      more.append(", requires ").append(mandatory);
    }
    return Optional.of(new Luks2Segment(cipher, keyBits(root), more.toString()));
  }

  private static long keyBits(Map<?, ?> root) {
    for (Object slot : object(root.get("keyslots")).values()) {
      if (object(slot).get("key_size") instanceof Long bytes && bytes > 0 && bytes <= 4096) {
        return bytes * 8;
      }
    }
    return 0;
  }

  private static Map<?, ?> object(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
