package io.amivet.inside;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Tar archives: ustar (POSIX.1-1988), pax (POSIX.1-2001), GNU with sparse files, and older ones.
 */
final class TarFormat implements InsideFormat {
  private static final int RECORD_BYTES = 512;
  private static final int MAGIC_OFFSET = 257;
  private static final int SUM_OFFSET = 148;
  private static final int SUM_END = 156;

  @Override
  public String name() {
    return "tar";
  }

  @Override
  public boolean recognises(Head head) {
    if (head.length() < RECORD_BYTES) {
      return false;
    }
    boolean named = head.holds(MAGIC_OFFSET, 'u', 's', 't', 'a', 'r');
    return named || (isOctal(head) && sumHolds(head));
  }

  /** Mode, owner, size and time of an archive without the magic are octal digits and blanks. */
  private static boolean isOctal(Head head) {
    if (head.at(0) == 0) {
      return false;
    }
    for (int i = 100; i < 148; i++) {
      int b = head.at(i);
      if (b != 0 && b != ' ' && (b < '0' || b > '7')) {
        return false;
      }
    }
    return true;
  }

  /** The sum of all bytes, those of the sum itself as blanks, in octal digits. */
  private static boolean sumHolds(Head head) {
    int sum = 0;
    for (int i = 0; i < RECORD_BYTES; i++) {
      sum += i >= SUM_OFFSET && i < SUM_END ? ' ' : head.at(i);
    }
    int stored = 0;
    for (int i = SUM_OFFSET; i < SUM_END; i++) {
      int digit = head.at(i) - '0';
      if (digit >= 0 && digit < 8) {
        stored = stored * 8 + digit;
      }
    }
    return stored == sum;
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    HeaderGuard guard = new HeaderGuard(file.stream());
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            guard, RECORD_BYTES, RECORD_BYTES, StandardCharsets.ISO_8859_1.name(), true)) {
      while (true) {
        guard.headers();
        TarArchiveEntry entry = tar.getNextEntry();
        guard.contents();
        if (entry == null) {
          return;
        }
        if (isRegular(entry)) {
          visitor.member(member(entry), tar);
        }
        if (!entry.isSparse()) {
          // Under the budget of what is around; the holes of a sparse file would be under none.
          tar.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
  }

  private static boolean isRegular(TarArchiveEntry entry) {
    return !entry.isDirectory()
        && !entry.isSymbolicLink()
        && !entry.isLink()
        && !entry.isFIFO()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice()
        && entry.getRealSize() > 0;
  }

  private static Member member(TarArchiveEntry entry) {
    Instant modified = entry.getLastModifiedTime().toInstant();
    return new Member(
        entry.getName(), entry.getMode(), entry.getLongUserId(), entry.getLongGroupId(), modified);
  }
}
