package io.amivet.artifact.vcs;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A dumped hash table of Subversion ({@code svn_hash_read2} in {@code svn_hash.h}): {@code K n},
 * key, {@code V n}, value, each on lines of its own and as long as said, then {@code END}.
 */
final class SvnHashDump {
  private static final int MAX_ENTRIES = 64;
  private static final int MAX_LENGTH_DIGITS = 7;
  private static final String END = "END";

  private final byte[] bytes;
  private int position;

  private SvnHashDump(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The table, or empty if {@code bytes} do not hold a whole one. */
  static Optional<Map<String, String>> read(byte[] bytes) {
    return new SvnHashDump(bytes).readTable();
  }

  private Optional<Map<String, String>> readTable() {
    Map<String, String> table = new LinkedHashMap<>();
    while (table.size() < MAX_ENTRIES) {
      if (startsWith(END)) {
        return Optional.of(table);
      }
      Optional<String> key = readItem('K');
      Optional<String> value = key.isPresent() ? readItem('V') : Optional.empty();
      if (value.isEmpty()) {
        return Optional.empty();
      }
      table.put(key.orElseThrow(), value.get());
    }
    return Optional.empty();
  }

  private boolean startsWith(String word) {
    return bytes.length - position >= word.length() && text(position, word.length()).equals(word);
  }

  /** One {@code K n} or {@code V n} with what follows it. */
  private Optional<String> readItem(char letter) {
    if (!startsWith(letter + " ")) {
      return Optional.empty();
    }
    int digits = position + 2;
    int end = digits;
    int length = 0;
    while (end < bytes.length
        && end - digits < MAX_LENGTH_DIGITS
        && bytes[end] >= '0'
        && bytes[end] <= '9') {
      length = length * 10 + (bytes[end] - '0');
      end++;
    }
    int start = end + 1;
    if (end == digits || !isNewlineAt(end) || !isNewlineAt(start + length)) {
      return Optional.empty();
    }
    position = start + length + 1;
    return Optional.of(text(start, length));
  }

  private boolean isNewlineAt(int index) {
    return index < bytes.length && bytes[index] == '\n';
  }

  private String text(int start, int length) {
    return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
  }
}
