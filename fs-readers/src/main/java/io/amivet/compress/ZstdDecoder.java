package io.amivet.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.amivet.compress.BlockCodec.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;

/** Zstandard, by libzstd. */
final class ZstdDecoder {
  /**
   * The window a stream may ask for: eight times the largest block of any file system here. A frame
   * that fits into the output needs none.
   */
  private static final int MAX_WINDOW_LOG = 23;

  /** Contexts for reuse; some 150 KiB each outside the heap, allocated on demand, kept for good. */
  private static final ArrayBlockingQueue<ZstdDecompressCtx> IDLE = new ArrayBlockingQueue<>(16);

  private ZstdDecoder() {}

  static int decode(Span in, Span out) throws DecodeException {
    try {
      Span frame = firstFrame(in);
      long size = Zstd.getFrameContentSize(frame.bytes(), frame.offset(), frame.length());
      return size >= 0 && size <= out.length() ? decodeWhole(frame, out) : decodeStream(frame, out);
    } catch (ZstdException e) {
      throw new DecodeException("zstd: " + e.getMessage(), e);
    }
  }

  /** File systems pad what they store, and the library would take that for a second frame. */
  private static Span firstFrame(Span in) throws DecodeException {
    long length = Zstd.findFrameCompressedSize(in.bytes(), in.offset(), in.length());
    if (length <= 0 || length > in.length()) {
      throw new DecodeException("zstd: damaged frame");
    }
    return new Span(in.bytes(), in.offset(), (int) length);
  }

  private static int decodeWhole(Span in, Span out) {
    ZstdDecompressCtx pooled = IDLE.poll();
    ZstdDecompressCtx context = pooled == null ? new ZstdDecompressCtx() : pooled;
    try {
      return context.decompressByteArray(
          out.bytes(), out.offset(), out.length(), in.bytes(), in.offset(), in.length());
    } finally {
      if (!IDLE.offer(context)) {
        context.close();
      }
    }
  }

  /** For frames that do not state their size, or of which only the start is wanted. */
  private static int decodeStream(Span in, Span out) throws DecodeException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(in.bytes(), in.offset(), in.length());
    try (ZstdInputStreamNoFinalizer stream = new ZstdInputStreamNoFinalizer(bytes)) {
      stream.setLongMax(MAX_WINDOW_LOG);
      int made = 0;
      while (made < out.length()) {
        int count = stream.read(out.bytes(), out.offset() + made, out.length() - made);
        if (count < 0) {
          break;
        }
        made += count;
      }
      return made;
    } catch (IOException e) {
      throw new DecodeException("zstd: " + e.getMessage(), e);
    }
  }
}
