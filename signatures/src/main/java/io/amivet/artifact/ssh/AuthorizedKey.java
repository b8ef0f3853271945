package io.amivet.artifact.ssh;

import io.amivet.artifact.key.SshPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One entry of an {@code authorized_keys} file: {@code [options] type base64-blob [comment]}
 * (sshd(8), AUTHORIZED_KEYS FILE FORMAT).
 *
 * @param options in file order
 * @param comment everything after the blob; people write there whose key it is
 */
record AuthorizedKey(List<KeyOption> options, SshPublicKey key, String comment) {
  AuthorizedKey {
    options = List.copyOf(options);
  }

  /**
   * One option.
   *
   * @param name lower case
   * @param value without its quotes, empty for a flag
   */
  record KeyOption(String name, String value) {}

  /** The entry in {@code line}; empty for blank lines, comments and whatever sshd would ignore. */
  static Optional<AuthorizedKey> parse(String line) {
    String entry = line.strip();
    if (entry.isEmpty() || entry.charAt(0) == '#') {
      return Optional.empty();
    }
    Optional<AuthorizedKey> plain = withOptions(List.of(), entry);
    if (plain.isPresent()) {
      return plain;
    }
    int end = endOfOptions(entry);
    return end < 0
        ? Optional.empty()
        : withOptions(options(entry.substring(0, end)), entry.substring(end).strip());
  }

  /** Whether an option of this name is set. */
  boolean has(String optionName) {
    return options.stream().anyMatch(option -> option.name().equals(optionName));
  }

  private static Optional<AuthorizedKey> withOptions(List<KeyOption> options, String keyPart) {
    int typeEnd = endOfWord(keyPart, 0);
    String type = keyPart.substring(0, typeEnd);
    if (!SshPublicKey.isKnownType(type)) {
      return Optional.empty();
    }
    int blobStart = skipBlanks(keyPart, typeEnd);
    int blobEnd = endOfWord(keyPart, blobStart);
    String comment = keyPart.substring(blobEnd).strip();
    return blob(keyPart.substring(blobStart, blobEnd))
        .flatMap(blob -> SshPublicKey.of(type, blob))
        .map(key -> new AuthorizedKey(options, key, comment));
  }

  private static Optional<byte[]> blob(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Index of the first blank outside quotes, or -1. */
  private static int endOfOptions(String entry) {
    boolean quoted = false;
    for (int i = 0; i < entry.length(); i++) {
      char c = entry.charAt(i);
      if (c == '\\' && i + 1 < entry.length() && entry.charAt(i + 1) == '"') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && isBlank(c)) {
        return i;
      }
    }
    return -1;
  }

  private static List<KeyOption> options(String text) {
    List<KeyOption> options = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        current.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        options.add(option(current.toString()));
        current.setLength(0);
      } else {
        current.append(c);
      }
    }
    options.add(option(current.toString()));
    return options;
  }

  private static KeyOption option(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new KeyOption(text.toLowerCase(Locale.ROOT), "")
        : new KeyOption(
            text.substring(0, equals).toLowerCase(Locale.ROOT), text.substring(equals + 1));
  }

  private static int endOfWord(String text, int from) {
    int i = from;
    while (i < text.length() && !isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int skipBlanks(String text, int from) {
    int i = from;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
