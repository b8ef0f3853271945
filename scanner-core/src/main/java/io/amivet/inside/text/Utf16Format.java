package io.amivet.inside.text;

import io.amivet.inside.Head;
import io.amivet.inside.InsideFile;
import io.amivet.inside.InsideFormat;
import io.amivet.inside.MemberVisitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * Texts in UTF-16, with a byte order mark or, if nearly all of it is ASCII, without: what editors,
 * PowerShell and the registry of Windows write. The file counts as the same in UTF-8.
 */
public final class Utf16Format implements InsideFormat {
  private static final int MARK_BYTES = 2;

  /** Two characters behind a mark. */
  private static final int MIN_MARKED_BYTES = 6;

  private static final int MIN_UNMARKED_BYTES = 32;
  private static final double MIN_ASCII = 0.9;

  @Override
  public String name() {
    return "utf-16";
  }

  @Override
  public boolean recognises(Head head) {
    int first = head.at(0);
    if (first == 0xff || first == 0xfe) {
      return isMarked(head) && units(head, isBigEndian(head)).oddUnits(MARK_BYTES / 2) == 0;
    }
    // Most files are told by their first four bytes: one of each pair is zero.
    boolean big = isBigEndian(head);
    int zero = big ? 0 : 1;
    if (head.length() < MIN_UNMARKED_BYTES
        || head.at(zero) != 0
        || head.at(1 - zero) == 0
        || head.at(2 + zero) != 0
        || head.at(3 - zero) == 0) {
      return false;
    }
    Utf16Units units = units(head, big);
    return units.oddUnits(0) == 0 && units.asciiUnits(0) >= MIN_ASCII * units.count();
  }

  @Override
  public boolean isGuess() {
    return true;
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    InputStream in = file.stream();
    byte[] start = in.readNBytes(MARK_BYTES);
    Head head = Head.of(start);
    InputStream units =
        isMark(head) ? in : new SequenceInputStream(new ByteArrayInputStream(start), in);
    visitor.contents(file.name(), new Utf8Stream(units, isBigEndian(head)));
  }

  private static boolean isMarked(Head head) {
    // FF FE 00 00 would be UTF-32.
    return isMark(head)
        && head.length() >= MIN_MARKED_BYTES
        && !(head.at(2) == 0 && head.at(3) == 0);
  }

  private static boolean isMark(Head head) {
    return head.startsWith(0xff, 0xfe) || head.startsWith(0xfe, 0xff);
  }

  private static boolean isBigEndian(Head head) {
    return head.startsWith(0xfe, 0xff) || head.at(0) == 0;
  }

  private static Utf16Units units(Head head, boolean bigEndian) {
    return new Utf16Units(head.toBytes(), head.length(), bigEndian);
  }
}
