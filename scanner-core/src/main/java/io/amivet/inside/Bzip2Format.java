package io.amivet.inside;

import java.io.IOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** bzip2; several streams one after the other are one. */
final class Bzip2Format implements InsideFormat {
  private static final int[] BLOCK_MAGIC = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};

  /** Tables of the decoder for blocks of 900 kB. */
  private static final long MEMORY_BYTES = 5L << 20;

  @Override
  public String name() {
    return "bzip2";
  }

  @Override
  public boolean recognises(Head head) {
    return head.startsWith('B', 'Z', 'h')
        && head.at(3) >= '1'
        && head.at(3) <= '9'
        && head.holds(4, BLOCK_MAGIC);
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    file.useMemory(MEMORY_BYTES);
    try (BZip2CompressorInputStream in = new BZip2CompressorInputStream(file.stream(), true)) {
      visitor.contents(UnpackedName.of(file.name()), in);
    }
  }
}
