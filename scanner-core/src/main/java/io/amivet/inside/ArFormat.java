package io.amivet.inside;

import java.io.IOException;
import java.time.Instant;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;

/** {@code ar} archives, and so Debian packages (deb(5)); libraries of object files as well. */
final class ArFormat implements InsideFormat {
  @Override
  public String name() {
    return "ar";
  }

  @Override
  public boolean recognises(Head head) {
    return head.startsWith('!', '<', 'a', 'r', 'c', 'h', '>', '\n');
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    HeaderGuard guard = new HeaderGuard(file.stream());
    try (ArArchiveInputStream ar = new ArArchiveInputStream(guard)) {
      while (true) {
        guard.headers();
        ArArchiveEntry entry = ar.getNextEntry();
        guard.contents();
        if (entry == null) {
          return;
        }
        if (!entry.isDirectory() && entry.getSize() > 0) {
          visitor.member(
              new Member(
                  entry.getName(),
                  entry.getMode(),
                  entry.getUserId(),
                  entry.getGroupId(),
                  Instant.ofEpochSecond(entry.getLastModified())),
              ar);
        }
      }
    }
  }
}
