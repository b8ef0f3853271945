package io.amivet.artifact.memory;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Swap files ({@code union swap_header} of {@code linux/swap.h}): the signature ends the first
 * page. Kind {@code swap} if anything is stored behind it, as far as a parser sees the file; {@code
 * hibernation} if the signature is that of a suspended machine ({@code kernel/power/swap.c}).
 */
final class SwapFileParser implements ArtifactParser {
  private static final List<Integer> PAGE_BYTES = List.of(4096, 16384, 65536);
  private static final int SIGNATURE_BYTES = 10;

  @Override
  public String name() {
    return "swap-file";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    for (int pageBytes : PAGE_BYTES) {
      if (file.bytes().length < pageBytes) {
        break;
      }
      String signature = signature(file.bytes(), pageBytes);
      if (signature.equals("S1SUSPEND\0")) {
        return List.of(fact("hibernation", "memory of a suspended machine in a swap file"));
      }
      if (signature.equals("SWAPSPACE2") || signature.equals("SWAP-SPACE")) {
        return isUsed(file.bytes(), pageBytes)
            ? List.of(fact("swap", "swap file with pages in it"))
            : List.of();
      }
    }
    return List.of();
  }

  private static String signature(byte[] bytes, int pageBytes) {
    return new String(
        bytes, pageBytes - SIGNATURE_BYTES, SIGNATURE_BYTES, StandardCharsets.ISO_8859_1);
  }

  private static boolean isUsed(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return true;
      }
    }
    return false;
  }

  private static Artifact fact(String kind, String what) {
    return new Artifact(
        kind, 0, 0, Evidence.of(what), Fields.of("format", "swap").map(), List.of());
  }
}
