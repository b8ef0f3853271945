package io.amivet.cli;

import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** A listing for people: whole paths, and with {@code -l} the columns of {@code ls -l}. */
final class PlainListing implements ListingWriter {
  private static final byte[] ARROW = LineBuffer.ascii(" -> ");

  private final OutputStream out;
  private final boolean longFormat;
  private final boolean volumeHeaders;
  private final LineBuffer text = new LineBuffer();
  private final TimeText times = new TimeText();
  private boolean first = true;

  /**
   * @param volumeHeaders whether each volume gets a heading, for listings of more than one
   */
  PlainListing(OutputStream out, boolean longFormat, boolean volumeHeaders) {
    this.out = out;
    this.longFormat = longFormat;
    this.volumeHeaders = volumeHeaders;
  }

  @Override
  public void volume(OpenVolume volume) throws IOException {
    if (volumeHeaders) {
      String label = volume.fs().label();
      text.utf8(
              String.format(
                  Locale.ROOT,
                  "%svolume %d (%s, %s%s):\n",
                  first ? "" : "\n",
                  volume.index(),
                  TerminalText.escape(volume.volume().name()),
                  volume.fs().type(),
                  label.isEmpty() ? "" : ", label " + TerminalText.escape(label)))
          .writeTo(out);
      first = false;
    }
  }

  @Override
  public void line(Line line) throws IOException {
    if (longFormat) {
      appendColumns(line.entry().inode());
    }
    if (line.sha256().length > 0) {
      text.hex(line.sha256()).add(' ').add(' ');
    }
    TerminalText.append(text, line.entry().path().toBytes());
    if (longFormat && line.target().length > 0) {
      text.add(ARROW);
      TerminalText.append(text, line.target());
    }
    text.add('\n').writeTo(out);
  }

  private void appendColumns(Inode inode) {
    appendPermissions(text, inode);
    text.add(' ').padded(inode.linkCount(), 3).add(' ').padded(inode.uid(), 5);
    text.add(' ').padded(inode.gid(), 5).add(' ');
    if (inode.type() == FileType.CHAR || inode.type() == FileType.BLOCK) {
      String device = inode.deviceMajor() + ", " + inode.deviceMinor();
      text.utf8(String.format(Locale.ROOT, "%11s", device));
    } else {
      text.padded(inode.sizeBytes(), 11);
    }
    text.add(' ');
    times.seconds(text, inode.modified());
    text.add(' ');
  }

  /** The ten letters of {@code ls -l}. */
  static String permissions(Inode inode) {
    LineBuffer letters = new LineBuffer();
    appendPermissions(letters, inode);
    return letters.toString();
  }

  static void appendPermissions(LineBuffer text, Inode inode) {
    text.add(inode.type().letter());
    appendBits(text, inode.mode());
  }

  /** The nine letters of the permissions. */
  static void appendBits(LineBuffer text, int mode) {
    appendTriple(text, mode >> 6, (mode & 04000) != 0, 's');
    appendTriple(text, mode >> 3, (mode & 02000) != 0, 's');
    appendTriple(text, mode, (mode & 01000) != 0, 't');
  }

  private static void appendTriple(LineBuffer text, int bits, boolean special, char letter) {
    text.add((bits & 4) != 0 ? 'r' : '-').add((bits & 2) != 0 ? 'w' : '-');
    boolean execute = (bits & 1) != 0;
    if (special) {
      text.add(execute ? letter : Character.toUpperCase(letter));
    } else {
      text.add(execute ? 'x' : '-');
    }
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }
}
