package io.amivet.inside;

import java.io.IOException;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/** The LZ4 frame format, which {@code lz4} and systemd's core dumps use; several are one stream. */
final class Lz4Format implements InsideFormat {
  /** Two blocks of 4 MiB, the largest there are, and the window. */
  private static final long MEMORY_BYTES = 12L << 20;

  @Override
  public String name() {
    return "lz4";
  }

  @Override
  public boolean recognises(Head head) {
    return head.startsWith(0x04, 0x22, 0x4d, 0x18);
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    file.useMemory(MEMORY_BYTES);
    try (FramedLZ4CompressorInputStream in =
        new FramedLZ4CompressorInputStream(file.stream(), true)) {
      visitor.contents(UnpackedName.of(file.name()), in);
    }
  }
}
