package io.amivet.inside;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;

/** Zstandard, RFC 8878; several frames one after the other are one stream. */
final class ZstdFormat implements InsideFormat {
  /** Windows of 64 MiB; {@code zstd -19} uses 8 MiB, {@code --long} 128 MiB. */
  private static final int MAX_WINDOW_LOG = 26;

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public boolean recognises(Head head) {
    return head.startsWith(0x28, 0xb5, 0x2f, 0xfd);
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    file.useMemory(1L << MAX_WINDOW_LOG);
    try (ZstdInputStreamNoFinalizer in = new ZstdInputStreamNoFinalizer(file.stream())) {
      in.setLongMax(MAX_WINDOW_LOG);
      visitor.contents(UnpackedName.of(file.name()), in);
    }
  }
}
