package io.amivet.volume;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.amivet.block.StructView;
import java.io.IOException;
import java.util.Optional;

/**
 * LUKS headers ({@code luks_phdr} of the LUKS1 format 1.2.3, {@code luks2_hdr_disk} of the LUKS2
 * format 1.1.3). Only what names the volume is read, nothing of the key slots.
 */
final class LuksContents {
  private static final byte[] MAGIC = {'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe};
  private static final int HEADER_BYTES = 4096;
  private static final int MAX_JSON_BYTES = 64 << 10;
  private static final String ENCRYPTION = "\"encryption\":\"";

  private LuksContents() {}

  static Optional<Identity> recognize(Probe probe) throws IOException {
    Optional<StructView> found = probe.at("luks_phdr", 0, 512, 0, MAGIC);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StructView header = found.get();
    int version = header.u16be(6);
    String uuid = Identity.text(header.bytes(168, 40));
    return Optional.of(
        switch (version) {
          case 1 -> new Identity("crypto_LUKS", "", uuid, "version 1, " + cipher1(header));
          case 2 -> {
            String label = Identity.text(header.bytes(24, 48));
            yield new Identity("crypto_LUKS", label, uuid, "version 2" + cipher2(probe, header));
          }
          default -> new Identity("crypto_LUKS", "", "", "unknown version " + version);
        });
  }

  private static String cipher1(StructView header) {
    return Identity.text(header.bytes(8, 32)) + "-" + Identity.text(header.bytes(40, 32));
  }

  /** The cipher of the first data segment. A search is enough: the text is shown, not trusted. */
  private static String cipher2(Probe probe, StructView header) throws IOException {
    long hdr_size = header.u64be(8);
    long jsonBytes = Math.min(hdr_size - HEADER_BYTES, MAX_JSON_BYTES);
    if (jsonBytes <= 0) {
      return "";
    }
    Optional<StructView> area = probe.at("luks2_json", HEADER_BYTES, (int) jsonBytes);
    if (area.isEmpty()) {
      return "";
    }
    String json = new String(area.get().bytes(0, (int) jsonBytes), ISO_8859_1);
    int segments = json.indexOf("\"segments\"");
    int start = json.indexOf(ENCRYPTION, Math.max(segments, 0));
    int end = start < 0 ? -1 : json.indexOf('"', start + ENCRYPTION.length());
    return end < 0 ? "" : ", " + json.substring(start + ENCRYPTION.length(), end);
  }
}
