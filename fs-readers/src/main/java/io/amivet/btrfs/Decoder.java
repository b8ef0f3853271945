package io.amivet.btrfs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decodes compressed extents, which are 128 KiB at most on both sides. */
final class Decoder {
  private Decoder() {}

  /**
   * @param length how many bytes it gives; where the stream ends early, the rest is zeros, as the
   *     kernel has it
   * @param imageOffset where {@code stored} lies, for messages
   */
  static byte[] decode(
      Compression compression, byte[] stored, int length, int sectorBytes, long imageOffset)
      throws IOException {
    return switch (compression) {
      case ZLIB -> zlib(stored, length, imageOffset);
      default ->
          throw new UnsupportedFeatureException(
              "btrfs file extent", List.of(compression.name().toLowerCase(Locale.ROOT)));
    };
  }

  private static byte[] zlib(byte[] stored, int length, long imageOffset) throws IOException {
    byte[] bytes = new byte[length];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(stored);
      int at = 0;
      while (at < length && !inflater.finished()) {
        int count = inflater.inflate(bytes, at, length - at);
        if (count == 0 && !inflater.finished()) {
          throw new CorruptImageException(
              BtrfsFault.COMPRESSED, imageOffset, "zlib extent", "it ends after " + at + " bytes");
        }
        at += count;
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new CorruptImageException(
          BtrfsFault.COMPRESSED, imageOffset, "zlib extent", String.valueOf(e.getMessage()));
    }
  }
}
