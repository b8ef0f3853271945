package io.amivet.btrfs;

import io.amivet.block.CorruptImageException;
import io.amivet.compress.BlockCodec;
import io.amivet.compress.DecodeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decodes compressed extents, which are 128 KiB at most on both sides. */
final class Decoder {
  private static final int LENGTH_BYTES = 4;

  private final Compression compression;
  private final byte[] stored;
  private final byte[] decoded;
  private final int sectorBytes;

  private Decoder(Compression compression, byte[] stored, int decodedBytes, int sectorBytes) {
    this.compression = compression;
    this.stored = stored;
    this.decoded = new byte[decodedBytes];
    this.sectorBytes = sectorBytes;
  }

  /**
   * @param decodedBytes how many bytes it gives; where the stream ends early, the rest is zeros, as
   *     the kernel has it
   * @param imageOffset where {@code stored} lies, for messages
   */
  static byte[] decode(
      Compression compression, byte[] stored, int decodedBytes, int sectorBytes, long imageOffset)
      throws IOException {
    Decoder decoder = new Decoder(compression, stored, decodedBytes, sectorBytes);
    try {
      return decoder.decode();
    } catch (DecodeException e) {
      throw corrupt(compression, imageOffset, String.valueOf(e.getMessage()));
    } catch (BadFraming e) {
      throw corrupt(compression, imageOffset, e.detail);
    }
  }

  private static CorruptImageException corrupt(
      Compression compression, long imageOffset, String detail) {
    return new CorruptImageException(
        BtrfsFault.COMPRESSED, imageOffset, compression.label() + " extent", detail);
  }

  private byte[] decode() throws DecodeException, BadFraming {
    switch (compression) {
      case NONE -> System.arraycopy(stored, 0, decoded, 0, Math.min(stored.length, decoded.length));
      case ZLIB -> BlockCodec.ZLIB.decode(stored, 0, stored.length, decoded, 0, decoded.length);
      case ZSTD -> BlockCodec.ZSTD.decode(stored, 0, stored.length, decoded, 0, decoded.length);
      case LZO -> lzo();
    }
    return decoded;
  }

  /** Lengths that contradict each other. */
  private static final class BadFraming extends Exception {
    private static final long serialVersionUID = 1L;
    final String detail;

    BadFraming(String detail) {
      super(detail);
      this.detail = detail;
    }
  }

  /**
   * The framing of {@code fs/btrfs/lzo.c}: the length of the whole, then segments of one sector
   * each, with their lengths before them. A length never reaches over the border of a sector; what
   * is left before the border is skipped.
   */
  private void lzo() throws DecodeException, BadFraming {
    int end = length(0, stored.length);
    int at = LENGTH_BYTES;
    int made = 0;
    while (at < end && made < decoded.length) {
      int left = sectorBytes - at % sectorBytes;
      if (left < LENGTH_BYTES) {
        // Also what is left behind the last segment counts as part of the whole.
        at += left;
        continue;
      }
      int segment = length(at, end);
      at += LENGTH_BYTES;
      if (segment > end - at) {
        throw new BadFraming("segment of " + segment + " bytes at " + at);
      }
      int room = Math.min(sectorBytes, decoded.length - made);
      made += BlockCodec.LZO.decode(stored, at, segment, decoded, made, room);
      at += segment;
    }
  }

  private int length(int at, int end) throws BadFraming {
    if (at > end - LENGTH_BYTES) {
      throw new BadFraming("it ends at " + end);
    }
    int length = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    if (length < 0 || length > stored.length) {
      throw new BadFraming("length of " + Integer.toUnsignedString(length) + " at " + at);
    }
    return length;
  }
}
