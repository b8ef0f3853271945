package io.amivet.compress;

import io.amivet.compress.BlockCodec.Span;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** DEFLATE, bare or in a zlib wrapper, by the JDK's own zlib. */
final class DeflateDecoder {
  private DeflateDecoder() {}

  static int decode(Span in, Span out, boolean bare) throws DecodeException {
    Inflater inflater = new Inflater(bare);
    try {
      inflater.setInput(in.bytes(), in.offset(), in.length());
      int made = 0;
      while (made < out.length() && !inflater.finished()) {
        int count = inflater.inflate(out.bytes(), out.offset() + made, out.length() - made);
        if (count == 0 && !inflater.finished()) {
          throw new DecodeException(
              inflater.needsDictionary() ? "zlib: preset dictionary" : "zlib: ends too early");
        }
        made += count;
      }
      return made;
    } catch (DataFormatException e) {
      throw new DecodeException("zlib: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
