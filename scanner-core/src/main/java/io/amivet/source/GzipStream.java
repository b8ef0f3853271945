package io.amivet.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The members of a gzip file, one after the other. The JDK takes what follows a member and is none
 * for the end of the file; for us that is damage, unless it is padding with zeros, which {@code
 * gzip} accepts too.
 */
public final class GzipStream extends GZIPInputStream {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int TRAILER_BYTES = 8;

  public GzipStream(InputStream in) throws IOException {
    super(in, BUFFER_BYTES);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count < 0) {
      checkRest();
    }
    return count;
  }

  private void checkRest() throws IOException {
    for (int i = len - inf.getRemaining() + TRAILER_BYTES; i < len; i++) {
      if (buf[i] != 0) {
        throw new ZipException("what follows the last member is not gzip");
      }
    }
  }
}
