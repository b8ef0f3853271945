package io.amivet.inside;

import java.io.IOException;
import org.tukaani.xz.XZInputStream;

/** The .xz file format 1.2.1; several streams one after the other are one. */
final class XzFormat implements InsideFormat {
  /** What a dictionary of 64 MiB needs, the largest of the presets ({@code xz -9}). */
  private static final int MEMORY_KIB = 66 << 10;

  @Override
  public String name() {
    return "xz";
  }

  @Override
  public boolean recognises(Head head) {
    return head.startsWith(0xfd, '7', 'z', 'X', 'Z', 0);
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    file.useMemory((long) MEMORY_KIB << 10);
    try (XZInputStream in = new XZInputStream(file.stream(), MEMORY_KIB)) {
      visitor.contents(UnpackedName.of(file.name()), in);
    }
  }
}
