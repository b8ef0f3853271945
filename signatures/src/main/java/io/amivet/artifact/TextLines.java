package io.amivet.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The lines of a text file, bounded: at most {@link #MAX_LINES}, each cut at {@link
 * #MAX_LINE_BYTES}. A line ends at LF; one CR before it is dropped. The last line needs no LF.
 */
public final class TextLines implements Iterable<TextLines.Line> {
  public static final int MAX_LINES = 200_000;
  public static final int MAX_LINE_BYTES = 64 << 10;

  private final byte[] bytes;

  private TextLines(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * One line, without its end.
   *
   * @param number counts from 1
   * @param offset of the first byte in the file
   * @param text Latin-1, so that char offsets are byte offsets
   */
  public record Line(int number, int offset, String text) {}

  public static TextLines of(byte[] bytes) {
    return new TextLines(bytes);
  }

  public static TextLines of(ArtifactFile file) {
    return new TextLines(file.bytes());
  }

  @Override
  public Iterator<Line> iterator() {
    return new LineIterator(bytes);
  }

  private static final class LineIterator implements Iterator<Line> {
    private final byte[] bytes;
    private int position;
    private int number;

    LineIterator(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public boolean hasNext() {
      return position < bytes.length && number < MAX_LINES;
    }

    @Override
    public Line next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int start = position;
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      position = end < bytes.length ? end + 1 : end;
      number++;
      int last = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
      int length = Math.min(last - start, MAX_LINE_BYTES);
      return new Line(number, start, new String(bytes, start, length, StandardCharsets.ISO_8859_1));
    }
  }
}
