package io.amivet.artifact.key;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Private keys that are no secrets: those that projects publish with their tests and samples, by
 * fingerprint. {@code testdata/make/make-test-keys.py} computed them from the sources.
 */
public final class TestKeys {
  private TestKeys() {}

  /** Read when the first key is met: most scans meet none. */
  private static final class Known {
    static final Map<String, String> SOURCES = read();

    private static Map<String, String> read() {
      try (InputStream in = TestKeys.class.getResourceAsStream("test-keys.txt")) {
        if (in == null) {
          throw new IllegalStateException("the list of test keys is not in the jar");
        }
        Map<String, String> sources = new HashMap<>();
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("\t", 2))
            .forEach(columns -> sources.put(columns[0], columns[1]));
        return sources;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Where a key is from, if it is published: package and file.
   *
   * @param fingerprint as findings show it
   */
  public static Optional<String> sourceOf(String fingerprint) {
    if (fingerprint.isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(Known.SOURCES.get(fingerprint))
        .or(() -> PublishedKeys.nameOf(fingerprint));
  }

  /** The same for a text that is a private key in PEM; empty if it is none. */
  public static Optional<String> sourceOfText(String pem) {
    if (!pem.startsWith("-----BEGIN ")) {
      return Optional.empty();
    }
    List<FoundKey> keys = PemKeys.find(pem);
    return keys.isEmpty() ? Optional.empty() : sourceOf(keys.getFirst().publicHalf().fingerprint());
  }
}
