package io.amivet.volume;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.amivet.block.StructView;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * BitLocker: the boot sector, and of the first sound copy of the metadata what cryptsetup's {@code
 * lib/bitlk/bitlk.c} calls {@code bitlk_fve_metadata}: the method and the GUID of the volume. Sizes
 * are those of the whole key, as dm-crypt counts it.
 */
final class BitLockerContents {
  private static final byte[] SIGNATURE = "-FVE-FS-".getBytes(ISO_8859_1);
  private static final int METADATA_BYTES = 112;
  private static final int[] OFFSETS_AT = {176, 184, 192};

  /** BitLocker To Go keeps a FAT boot sector, and the offsets elsewhere. */
  private static final int[] TO_GO_OFFSETS_AT = {440, 448, 456};

  private BitLockerContents() {}

  static Optional<Identity> recognize(Probe probe) throws IOException {
    Optional<StructView> found = probe.at("bitlk_signature", 0, 512, 3, SIGNATURE);
    boolean toGo = found.isEmpty();
    if (toGo) {
      found =
          probe
              .at("bitlk_signature", 0, 512, 3, "MSWIN4.1".getBytes(ISO_8859_1))
              .filter(boot -> isGuid(boot, 424));
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    for (int at : toGo ? TO_GO_OFFSETS_AT : OFFSETS_AT) {
      Optional<StructView> metadata =
          probe.at("bitlk_fve_metadata", found.get().u64le(at), METADATA_BYTES, 0, SIGNATURE);
      if (metadata.isPresent()) {
        StructView fve = metadata.get();
        return Optional.of(
            new Identity("BitLocker", "", Guid.mixedEndian(fve, 80), method(fve.u16le(100))));
      }
    }
    return Optional.of(new Identity("BitLocker", "", "", ""));
  }

  /** {@code BITLK_GUID_NORMAL}. */
  private static boolean isGuid(StructView boot, int at) {
    byte[] normal = {
      0x3b,
      (byte) 0xd6,
      0x67,
      0x49,
      0x29,
      0x2e,
      (byte) 0xd8,
      0x4a,
      (byte) 0x83,
      (byte) 0x99,
      (byte) 0xf6,
      (byte) 0xa3,
      0x39,
      (byte) 0xe3,
      (byte) 0xd0,
      0x01
    };
    return Arrays.equals(boot.bytes(at, 16), normal);
  }

  private static String method(int encryption) {
    return switch (encryption) {
      case 0x8000 -> "aes-cbc-elephant, 128 bits";
      case 0x8001 -> "aes-cbc-elephant, 256 bits";
      case 0x8002 -> "aes-cbc-eboiv, 128 bits";
      case 0x8003 -> "aes-cbc-eboiv, 256 bits";
      case 0x8004 -> "aes-xts-plain64, 256 bits";
      case 0x8005 -> "aes-xts-plain64, 512 bits";
      default -> "";
    };
  }
}
