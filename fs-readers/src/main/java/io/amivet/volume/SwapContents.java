package io.amivet.volume;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.amivet.block.StructView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Swap areas: {@code union swap_header} of {@code linux/swap.h}. The signature ends the first page,
 * whose size the header does not state; hibernation ({@code kernel/power/swap.c}) replaces it.
 */
final class SwapContents {
  private static final int[] PAGE_BYTES = {4096, 8192, 16384, 32768, 65536};
  private static final List<String> SWAP = List.of("SWAP-SPACE", "SWAPSPACE2");
  private static final List<String> SUSPENDED =
      List.of("S1SUSPEND", "S2SUSPEND", "ULSUSPEND", "LINHIB0001");
  private static final int SIGNATURE_BYTES = 10;

  private SwapContents() {}

  static Optional<Identity> swap(Probe probe) throws IOException {
    return recognize(probe, "swap", SWAP);
  }

  static Optional<Identity> suspended(Probe probe) throws IOException {
    return recognize(probe, "swsuspend", SUSPENDED);
  }

  private static Optional<Identity> recognize(Probe probe, String type, List<String> signatures)
      throws IOException {
    for (int pageBytes : PAGE_BYTES) {
      Optional<StructView> page = probe.at("swap_header", 0, pageBytes);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      byte[] field = page.get().bytes(pageBytes - SIGNATURE_BYTES, SIGNATURE_BYTES);
      String found = new String(field, ISO_8859_1);
      for (String signature : signatures) {
        if (found.startsWith(signature)) {
          return Optional.of(identity(type, signature, page.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Identity identity(String type, String signature, StructView header) {
    if (signature.equals("SWAP-SPACE")) {
      return new Identity(type, "", "", "version 0");
    }
    String label = Identity.text(header.bytes(1052, 16));
    return new Identity(type, label, Guid.bigEndian(header, 1036), "");
  }
}
