package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Signatures in files. */
final class Magic {
  private Magic() {}

  /** Whether the file holds {@code text}, byte for char, at {@code offset}. */
  static boolean isAt(BlockDevice file, long offset, String text) throws IOException {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    return offset >= 0
        && offset <= file.sizeBytes() - expected.length
        && file.view(offset, expected.length).mismatch(MemorySegment.ofArray(expected)) < 0;
  }
}
