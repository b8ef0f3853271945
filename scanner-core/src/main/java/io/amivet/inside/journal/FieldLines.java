package io.amivet.inside.journal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All payloads one after the other, with the end of a line after each. */
final class FieldLines extends InputStream {
  private final DataObjects objects;
  private @Nullable InputStream field;
  private boolean ended;

  FieldLines(DataObjects objects) {
    this.objects = objects;
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
    if (field == null && !ended) {
      field = objects.next();
      ended = field == null;
    }
    if (field == null) {
      return -1;
    }
    int count = field.read(target, offset, length);
    if (count < 0) {
      field = null;
      target[offset] = '\n';
      return 1;
    }
    return count;
  }
}
