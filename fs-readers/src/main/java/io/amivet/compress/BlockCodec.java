package io.amivet.compress;

import java.util.Objects;

/**
 * A compression method of a Linux file system, applied to one block in memory. Stateless and
 * thread-safe.
 */
public enum BlockCodec {
  /** RFC 1951 without a wrapper. */
  DEFLATE("deflate", (in, out) -> DeflateDecoder.decode(in, out, true)),
  /** RFC 1950. */
  ZLIB("zlib", (in, out) -> DeflateDecoder.decode(in, out, false)),
  /** One frame of RFC 8878; what follows it is ignored. */
  ZSTD("zstd", ZstdDecoder::decode),
  /** The LZ4 block format, without a frame. */
  LZ4("lz4", Lz4Decoder::decode),
  /** LZO1X as the kernel writes it, both versions of the bit stream. */
  LZO("lzo", LzoDecoder::decode),
  /** One .xz stream with any of its filters. */
  XZ("xz", XzDecoder::xz),
  /** The old .lzma file format. */
  LZMA("lzma", XzDecoder::lzma),
  /**
   * MicroLZMA of liblzma: a raw LZMA stream whose first byte, always 0, holds the negated
   * properties instead.
   */
  MICROLZMA("lzma", XzDecoder::microLzma);

  private final String label;

  /** Stateless; every one is a function of its arguments. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Decoder decoder;

  BlockCodec(String label, Decoder decoder) {
    this.label = label;
    this.decoder = decoder;
  }

  /** Decodes {@code in} until it ends or {@code out} is full; anything unchecked is damage. */
  @FunctionalInterface
  interface Decoder {
    int decode(Span in, Span out) throws DecodeException;
  }

  /** A part of an array that is known to lie inside it. */
  record Span(byte[] bytes, int offset, int length) {
    Span {
      Objects.checkFromIndexSize(offset, length, bytes.length);
    }

    int end() {
      return offset + length;
    }
  }

  /** The name that tools give it. */
  public String label() {
    return label;
  }

  /**
   * Decodes one block and returns how many bytes it made. Stops without an error once there are
   * {@code maxOutBytes}, even if more would follow; then what was not needed of the input is not
   * checked.
   *
   * @throws DecodeException if the input is damaged or ends too early; then the bytes of the output
   *     range are undefined
   */
  public int decode(
      byte[] in, int inOffset, int inLength, byte[] out, int outOffset, int maxOutBytes)
      throws DecodeException {
    return decoder.decode(new Span(in, inOffset, inLength), new Span(out, outOffset, maxOutBytes));
  }
}
