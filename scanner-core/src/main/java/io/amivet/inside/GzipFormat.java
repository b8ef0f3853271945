package io.amivet.inside;

import io.amivet.source.GzipStream;
import java.io.IOException;

/** RFC 1952; several members one after the other are one stream. */
final class GzipFormat implements InsideFormat {
  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public boolean recognises(Head head) {
    return head.startsWith(0x1f, 0x8b, 0x08);
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    try (GzipStream in = new GzipStream(file.stream())) {
      visitor.contents(UnpackedName.of(file.name()), in);
    }
  }
}
