package io.amivet.inside.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * UTF-16 as UTF-8. Pieces that are no text after all pass as they are, so that nothing in them is
 * lost. Half a pair becomes a question mark.
 */
final class Utf8Stream extends InputStream {
  private static final int PIECE_BYTES = 8 << 10;

  /** One unit in so many may be odd in a piece of text. */
  private static final int UNITS_PER_ODD_ONE = 50;

  private final InputStream in;
  private final boolean bigEndian;
  private byte[] ready = new byte[0];
  private int at;

  Utf8Stream(InputStream in, boolean bigEndian) {
    this.in = in;
    this.bigEndian = bigEndian;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (at == ready.length) {
      ready = piece();
      at = 0;
      if (ready.length == 0) {
        return -1;
      }
    }
    int count = Math.min(length, ready.length - at);
    System.arraycopy(ready, at, target, offset, count);
    at += count;
    return count;
  }

  private byte[] piece() throws IOException {
    byte[] bytes = in.readNBytes(PIECE_BYTES);
    if (bytes.length == PIECE_BYTES && endsInAPair(bytes)) {
      byte[] rest = in.readNBytes(2);
      bytes = Arrays.copyOf(bytes, PIECE_BYTES + rest.length);
      System.arraycopy(rest, 0, bytes, PIECE_BYTES, rest.length);
    }
    Utf16Units units = new Utf16Units(bytes, bytes.length, bigEndian);
    if (units.count() == 0 || units.oddUnits(0) > units.count() / UNITS_PER_ODD_ONE) {
      return bytes;
    }
    char[] text = new char[units.count()];
    for (int i = 0; i < text.length; i++) {
      text[i] = units.at(i);
    }
    return new String(text).getBytes(StandardCharsets.UTF_8);
  }

  private boolean endsInAPair(byte[] bytes) {
    Utf16Units units = new Utf16Units(bytes, bytes.length, bigEndian);
    return Character.isHighSurrogate(units.at(units.count() - 1));
  }
}
