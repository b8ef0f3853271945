package io.amivet.cli;

import io.amivet.fs.FileEntry;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The body file of The Sleuth Kit 3.0 and later, as {@code mactime} reads it: {@code
 * MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime}, times in seconds, 0 for what is not
 * known. What would end a field or a line inside a name is written {@code \xNN}.
 */
final class BodyFile implements TimelineWriter {
  private static final byte[] ARROW = LineBuffer.ascii(" -> ");

  private final OutputStream out;
  private final TimeSpan span;
  private final boolean severalVolumes;
  private final LineBuffer text = new LineBuffer();

  /**
   * @param span lines of which no time lies inside are left out
   * @param severalVolumes whether names say which volume they are on
   */
  BodyFile(OutputStream out, TimeSpan span, boolean severalVolumes) {
    this.out = out;
    this.span = span;
    this.severalVolumes = severalVolumes;
  }

  @Override
  public void entry(int volume, FileEntry entry, byte[] target) throws IOException {
    Inode inode = entry.inode();
    if (!isInside(inode)) {
      return;
    }
    text.add('0').add('|');
    if (severalVolumes) {
      text.utf8("volume " + volume + ": ");
    }
    appendName(entry.path().toBytes());
    if (target.length > 0) {
      text.add(ARROW);
      appendName(target);
    }
    text.add('|').number(inode.number()).add('|');
    appendMode(inode);
    text.add('|').number(inode.uid()).add('|').number(inode.gid());
    text.add('|').number(inode.sizeBytes());
    appendSeconds(inode.accessed());
    appendSeconds(inode.modified());
    appendSeconds(inode.changed());
    appendSeconds(inode.created());
    text.add('\n').writeTo(out);
  }

  private boolean isInside(Inode inode) {
    return span.holds(inode.modified())
        || span.holds(inode.changed())
        || span.holds(inode.accessed())
        || span.holds(inode.created());
  }

  private void appendName(byte[] name) {
    boolean plain = true;
    for (byte b : name) {
      plain &= b >= 0x20 && b != 0x7f && b != '|';
    }
    if (plain) {
      text.add(name);
    } else {
      text.utf8(TerminalText.escape(name).replace("|", "\\x7c"));
    }
  }

  /** The type of the name and of the inode, then the permissions: {@code r/rrw-r--r--}. */
  private void appendMode(Inode inode) {
    char letter = inode.type() == FileType.REGULAR ? 'r' : inode.type().letter();
    text.add(letter).add('/').add(letter);
    PlainListing.appendBits(text, inode.mode());
  }

  private void appendSeconds(@Nullable Instant time) {
    text.add('|').number(time == null ? 0 : time.getEpochSecond());
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }
}
