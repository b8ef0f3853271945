package io.amivet.volume;

import io.amivet.block.StructView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * LUKS headers ({@code luks_phdr} of the LUKS1 format 1.2.3, {@code luks2_hdr_disk} of the LUKS2
 * format 1.1.3). Only what names the volume is read, nothing of the key slots. Where the first
 * header of LUKS2 is damaged, the second is looked for at the places that the format allows.
 */
final class LuksContents {
  private static final byte[] MAGIC = {'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe};
  private static final byte[] MAGIC_2ND = {'S', 'K', 'U', 'L', (byte) 0xba, (byte) 0xbe};
  private static final int HEADER_BYTES = 4096;
  private static final int MAX_HEADER_BYTES = 4 << 20;
  private static final int CHECKSUM_AT = 448;
  private static final int CHECKSUM_BYTES = 64;
  private static final String TYPE = "crypto_LUKS";

  /** {@code LUKS2_HDR2_OFFSETS} of cryptsetup's {@code lib/luks2/luks2.h}. */
  private static final int[] SECOND_AT = {
    0x4000, 0x8000, 0x10000, 0x20000, 0x40000, 0x80000, 0x100000, 0x200000, 0x400000
  };

  private LuksContents() {}

  static Optional<Identity> recognize(Probe probe) throws IOException {
    Optional<StructView> found = probe.at("luks_phdr", 0, 592, 0, MAGIC);
    if (found.isPresent() && found.get().u16be(6) == 1) {
      return Optional.of(version1(found.get()));
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Optional<StructView> primary = header2(probe, 0, MAGIC);
    if (primary.isPresent()) {
      return Optional.of(version2(probe, primary.get(), ""));
    }
    Optional<Identity> second = bySecondHeader(probe);
    return second.isPresent() ? second : found.map(LuksContents::unsound);
  }

  /**
   * A volume whose first header is lost. Asked after all file systems: what was made of the volume
   * later leaves the second header where it was.
   */
  static Optional<Identity> bySecondHeader(Probe probe) throws IOException {
    for (int at : SECOND_AT) {
      Optional<StructView> header = header2(probe, at, MAGIC_2ND);
      if (header.isPresent()) {
        String note = ", first header damaged, described by the second";
        return Optional.of(version2(probe, header.get(), note));
      }
    }
    return Optional.empty();
  }

  private static Identity version1(StructView header) {
    String cipher = text(header, 8, 32) + "-" + text(header, 40, 32);
    long bits = header.u32be(108) * 8;
    return new Identity(TYPE, "", text(header, 168, 40), cipher(cipher, bits) + "LUKS1");
  }

  private static String cipher(String name, long bits) {
    return name + ", " + bits + " bits, ";
  }

  private static Identity version2(Probe probe, StructView header, String note) throws IOException {
    Optional<Luks2Segment> segment = Optional.empty();
    int jsonBytes = (int) header.u64be(8) - HEADER_BYTES;
    Optional<StructView> area = probe.at("luks2_json", header.offset() + HEADER_BYTES, jsonBytes);
    if (area.isPresent()) {
      segment = Luks2Segment.parse(area.get().bytes(0, jsonBytes));
    }
    String cipher = segment.map(s -> cipher(s.cipher(), s.keyBits())).orElse("");
    String more = segment.map(Luks2Segment::more).orElse("");
    String subsystem = text(header, 208, 48);
    String named = subsystem.isEmpty() ? "" : ", subsystem " + subsystem;
    return new Identity(
        TYPE, text(header, 24, 48), text(header, 168, 40), cipher + "LUKS2" + more + named + note);
  }

  /** What can be said of a header that nothing vouches for. */
  private static Identity unsound(StructView header) {
    int version = header.u16be(6);
    return version == 2
        ? new Identity(
            TYPE, text(header, 24, 48), text(header, 168, 40), "LUKS2, both headers damaged")
        : new Identity(TYPE, "", "", String.format(Locale.ROOT, "unknown version %d", version));
  }

  /** A header whose checksum holds. */
  private static Optional<StructView> header2(Probe probe, long offset, byte[] magic)
      throws IOException {
    Optional<StructView> found = probe.at("luks2_hdr_disk", offset, HEADER_BYTES, 0, magic);
    if (found.isEmpty()) {
      return found;
    }
    StructView header = found.get();
    long hdr_size = header.u64be(8);
    boolean possible =
        header.u16be(6) == 2
            && header.u64be(256) == offset
            && hdr_size > HEADER_BYTES
            && hdr_size <= MAX_HEADER_BYTES;
    return possible
            && probe
                .at("luks2_hdr_disk", offset, (int) hdr_size)
                .filter(LuksContents::checksumHolds)
                .isPresent()
        ? found
        : Optional.empty();
  }

  /** Over binary header and JSON area, with the checksum itself as zeros. */
  private static boolean checksumHolds(StructView whole) {
    String algorithm = text(whole, 72, 32);
    if (!algorithm.equals("sha256")) {
      // Whoever chose another one cannot be checked here, and is believed.
      return true;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      MemorySegment bytes = whole.segment();
      digest.update(bytes.asSlice(0, CHECKSUM_AT).asByteBuffer());
      digest.update(new byte[CHECKSUM_BYTES]);
      digest.update(bytes.asSlice(CHECKSUM_AT + CHECKSUM_BYTES).asByteBuffer());
      return Arrays.equals(digest.digest(), whole.bytes(CHECKSUM_AT, 32));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static String text(StructView header, int at, int lengthBytes) {
    return Identity.text(header.bytes(at, lengthBytes));
  }
}
