package io.amivet.artifact.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PuTTY's key files, versions 2 and 3 (PuTTY manual, appendix C). */
final class PuttyKeys {
  private static final String HEADER = "PuTTY-User-Key-File-";

  private static final int MAX_TRIES = 200;
  private static final int MAX_CHARS = 64 << 10;
  private static final int MAX_LINES = 400;

  private static final Pattern FIRST_LINE =
      Pattern.compile("PuTTY-User-Key-File-(?<version>[23]): (?<type>[\\w@.-]{1,64})");

  private PuttyKeys() {}

  static List<FoundKey> find(String text) {
    List<FoundKey> keys = new ArrayList<>();
    int at = text.indexOf(HEADER);
    int line = 1;
    int counted = 0;
    for (int tries = 0; at >= 0 && tries < MAX_TRIES; tries++) {
      for (; counted < at; counted++) {
        line += text.charAt(counted) == '\n' ? 1 : 0;
      }
      decode(text.substring(at, Math.min(text.length(), at + MAX_CHARS)), line, at)
          .ifPresent(keys::add);
      at = text.indexOf(HEADER, at + HEADER.length());
    }
    return keys;
  }

  private static Optional<FoundKey> decode(String text, int line, long offset) {
    Lines lines = new Lines(text.lines().limit(MAX_LINES).map(String::strip).toList());
    Matcher first = FIRST_LINE.matcher(lines.next());
    if (!first.matches()) {
      return Optional.empty();
    }
    String encryption = lines.value("Encryption: ");
    String comment = lines.value("Comment: ");
    byte[] blob = lines.base64("Public-Lines: ");
    String kdf = lines.skipTo("Key-Derivation: ", "Private-Lines: ");
    byte[] secret = lines.base64("Private-Lines: ");
    boolean whole = secret.length > 0 && !lines.value("Private-MAC: ").isEmpty();
    boolean encrypted = !encryption.equals("none");
    return SshPublicKey.of(first.group("type"), blob)
        .filter(_ -> whole && !encryption.isEmpty())
        .map(key ->
            new FoundKey(
                "putty-" + first.group("version"),
                new PublicHalf(key.type(), key.bits(), key.fingerprint()),
                comment,
                encrypted,
                encrypted ? (kdf.isEmpty() ? "sha1" : kdf) : "",
                secret,
                line,
                offset));
  }

  /** A cursor over the lines; every miss reads as an empty value. */
  private static final class Lines {
    private final List<String> lines;
    private int position;

    Lines(List<String> lines) {
      this.lines = lines;
    }

    String next() {
      return position < lines.size() ? lines.get(position++) : "";
    }

    String value(String name) {
      String line = next();
      return line.startsWith(name) ? line.substring(name.length()) : "";
    }

    /** Passes the Argon2 lines of version 3; returns the value of {@code name} if it is there. */
    String skipTo(String name, String stop) {
      String found = "";
      while (position < lines.size() && !lines.get(position).startsWith(stop)) {
        String value = value(name);
        found = value.isEmpty() ? found : value;
      }
      return found;
    }

    byte[] base64(String countName) {
      String count = value(countName);
      if (!count.matches("\\d{1,3}")) {
        return new byte[0];
      }
      StringBuilder text = new StringBuilder();
      for (int i = Integer.parseInt(count); i > 0; i--) {
        text.append(next());
      }
      try {
        return Base64.getDecoder().decode(text.toString().getBytes(StandardCharsets.ISO_8859_1));
      } catch (IllegalArgumentException e) {
        return new byte[0];
      }
    }
  }
}
