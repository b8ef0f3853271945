package io.amivet.cli;

import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** A listing for people: whole paths, and with {@code -l} the columns of {@code ls -l}. */
final class PlainListing implements ListingWriter {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final OutputStream out;
  private final boolean longFormat;
  private final boolean volumeHeaders;
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
      print(
          String.format(
              Locale.ROOT,
              "%svolume %d (%s, %s%s):\n",
              first ? "" : "\n",
              volume.index(),
              TerminalText.escape(volume.volume().name()),
              volume.fs().type(),
              label.isEmpty() ? "" : ", label " + TerminalText.escape(label)));
      first = false;
    }
  }

  @Override
  public void line(Line line) throws IOException {
    StringBuilder text = new StringBuilder();
    if (longFormat) {
      appendColumns(text, line.entry().inode());
    }
    if (line.sha256().length > 0) {
      text.append(HexFormat.of().formatHex(line.sha256())).append("  ");
    }
    text.append(TerminalText.escape(line.entry().path()));
    if (longFormat && line.target().length > 0) {
      text.append(" -> ").append(TerminalText.escape(line.target()));
    }
    print(text.append('\n').toString());
  }

  private static void appendColumns(StringBuilder text, Inode inode) {
    boolean device = inode.type() == FileType.CHAR || inode.type() == FileType.BLOCK;
    String size =
        device
            ? inode.deviceMajor() + ", " + inode.deviceMinor()
            : Long.toString(inode.sizeBytes());
    text.append(permissions(inode))
        .append(
            String.format(
                Locale.ROOT,
                " %3d %5d %5d %11s ",
                inode.linkCount(),
                inode.uid(),
                inode.gid(),
                size))
        .append(SECONDS.format(inode.modified()))
        .append(' ');
  }

  /** The ten letters of {@code ls -l}. */
  static String permissions(Inode inode) {
    int mode = inode.mode();
    char[] letters = new char[10];
    letters[0] = inode.type().letter();
    for (int i = 0; i < 9; i++) {
      letters[i + 1] = (mode >> (8 - i) & 1) == 0 ? '-' : "rwx".charAt(i % 3);
    }
    markSpecial(letters, 3, (mode & 04000) != 0, 's');
    markSpecial(letters, 6, (mode & 02000) != 0, 's');
    markSpecial(letters, 9, (mode & 01000) != 0, 't');
    return new String(letters);
  }

  private static void markSpecial(char[] letters, int at, boolean set, char letter) {
    if (set) {
      letters[at] = letters[at] == 'x' ? letter : Character.toUpperCase(letter);
    }
  }

  private void print(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }
}
