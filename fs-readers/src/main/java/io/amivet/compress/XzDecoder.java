package io.amivet.compress;

import io.amivet.compress.BlockCodec.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.SingleXZInputStream;

/** LZMA in its three wrappings, by XZ for Java. */
final class XzDecoder {
  /** A dictionary of eight times the largest block, and what the decoder itself needs. */
  private static final int MEMORY_LIMIT_KIB = 10 << 10;

  private static final int MIN_DICTIONARY_BYTES = 4096;

  private XzDecoder() {}

  @FunctionalInterface
  private interface Opener {
    InputStream open(InputStream in, ArrayCache arrays) throws IOException;
  }

  static int xz(Span in, Span out) throws DecodeException {
    return decode(
        in, out, (bytes, arrays) -> new SingleXZInputStream(bytes, MEMORY_LIMIT_KIB, true, arrays));
  }

  static int lzma(Span in, Span out) throws DecodeException {
    return decode(in, out, (bytes, arrays) -> new LZMAInputStream(bytes, MEMORY_LIMIT_KIB, arrays));
  }

  static int microLzma(Span in, Span out) throws DecodeException {
    if (in.length() == 0) {
      throw new DecodeException("lzma: no bytes");
    }
    byte properties = (byte) ~in.bytes()[in.offset()];
    Span rest = new Span(in.bytes(), in.offset() + 1, in.length() - 1);
    // No copy reaches back before the first byte of output, so that is all the dictionary.
    int dictionary = Math.max(MIN_DICTIONARY_BYTES, out.length());
    InputStream zero = new ByteArrayInputStream(new byte[1]);
    return decode(
        rest,
        out,
        (bytes, arrays) ->
            new LZMAInputStream(
                new SequenceInputStream(zero, bytes), -1, properties, dictionary, null, arrays));
  }

  private static int decode(Span in, Span out, Opener opener) throws DecodeException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(in.bytes(), in.offset(), in.length());
    try (InputStream stream = opener.open(bytes, BasicArrayCache.getInstance())) {
      return stream.readNBytes(out.bytes(), out.offset(), out.length());
    } catch (IOException | RuntimeException e) {
      // The library checks its input, but promises no kind of exception for all damage.
      throw new DecodeException("lzma: " + e.getMessage(), e);
    }
  }
}
