package io.amivet.inside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;

/** cpio(5) in its new, CRC, portable and binary forms: initial RAM disks, payloads of packages. */
final class CpioFormat implements InsideFormat {
  private static final int BLOCK_BYTES = 512;

  @Override
  public String name() {
    return "cpio";
  }

  @Override
  public boolean recognises(Head head) {
    boolean text =
        head.startsWith('0', '7', '0', '7', '0')
            && (head.at(5) == '1' || head.at(5) == '2' || head.at(5) == '7');
    return text && head.length() > 76;
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    HeaderGuard guard = new HeaderGuard(file.stream());
    try (CpioArchiveInputStream cpio =
        new CpioArchiveInputStream(guard, BLOCK_BYTES, StandardCharsets.ISO_8859_1.name())) {
      while (true) {
        guard.headers();
        CpioArchiveEntry entry = cpio.getNextEntry();
        guard.contents();
        if (entry == null) {
          return;
        }
        if (entry.isRegularFile() && entry.getSize() > 0) {
          visitor.member(
              new Member(
                  entry.getName(),
                  (int) (entry.getMode() & 07777),
                  entry.getUID(),
                  entry.getGID(),
                  Instant.ofEpochSecond(entry.getTime())),
              cpio);
        }
      }
    }
  }
}
