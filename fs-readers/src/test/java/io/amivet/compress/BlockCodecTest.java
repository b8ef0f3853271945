package io.amivet.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.X86Options;
import org.tukaani.xz.XZOutputStream;

/** Each method against blocks that the usual tools made, and against damage. */
class BlockCodecTest {
  /** {@link #plain} by {@code lzop -9}, without the file's header. */
  private static final String BY_LZOP =
      "J2xpbmUgMCBvZiB0aGUgdmVjdG9yLCCUAgJhZnRlcokBCp0BMSAElQA0IASVADkgBcUBNiAEmgAyNSAEmQAzIAU1ATQg"
          + "BW0CNiAFoQM4IAXWBDEwIAYNBjIgBj4BNDQgBoQFIAYlBjkgBigGIAYuBjI1IAY9ATggBX8CMzI0IAYMCCAGFAsgBj4G"
          + "NDQgBj0BOCAFfgI1MiAFvgM1NyAF/QQ2IAY9BjYgBj0BNyAGfQI3IAa9AzggBv0EOSAGPgY5NiAHvA0gBsIIMTAgBgYK"
          + "MTEgBkkLMSAHjgwxMiAG0g0xMyAHFQ80IAdZEDUgAZ0RACAAAAAAAAAA5gAAIAAAAJkAAAF0YWlsEQAA";

  /** The same by {@code lz4 -9}, without the frame. */
  private static final String BY_LZ4 =
      "8QdsaW5lIDAgb2YgdGhlIHZlY3RvciwgFgBRYWZ0ZXILABEKEAAfMSYAEh80JgASHzlyABMfNicAEi8yNScAEh8zTgAT"
          + "HzScABMfNukAEx84NgETLzEwhAEUHzJQABQvNDRiARQPigEUHzmLARQPjAEULzI1UAAUHzigABM/MzI0BAIUD8YCFA+Q"
          + "ARQvNDRQABQfOKAAEy81MvAAEy81N0ABEx82kAEUHzZQABQfN6AAFB838AAUHzhAARQfOZABFC85NnADFQ8xAhQvMTCC"
          + "AhQvMTHTAhQfMSQDFS8xMnUDFC8xM8YDFR80FwQVHzVoBA8fAAEA//////////////+uUAB0YWls";

  /** By hand from the kernel's description: a version 1 stream with a run of 12 zeros. */
  private static final byte[] LZO_WITH_ZERO_RUN = {
    17, 1, 17 + 3, 'a', 'b', 'c', 0b11000, (byte) 0xfc, (byte) 0xff, 1, 17, 0, 0
  };

  private static byte[] plain() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append("line ").append(i * i).append(" of the vector, line after line\n");
    }
    byte[] lines = text.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(lines, lines.length + 3004);
    System.arraycopy("tail".getBytes(StandardCharsets.US_ASCII), 0, all, all.length - 4, 4);
    return all;
  }

  private static byte[] encode(BlockCodec codec) throws IOException {
    return switch (codec) {
      case DEFLATE -> deflate(true);
      case ZLIB -> deflate(false);
      case ZSTD -> Zstd.compress(plain());
      case LZ4 -> Base64.getDecoder().decode(BY_LZ4);
      case LZO -> Base64.getDecoder().decode(BY_LZOP);
      case XZ -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FilterOptions[] filters = {new X86Options(), new LZMA2Options()};
        try (XZOutputStream xz = new XZOutputStream(out, filters)) {
          xz.write(plain());
        }
        yield out.toByteArray();
      }
      case LZMA -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LZMAOutputStream lzma = new LZMAOutputStream(out, smallDictionary(), plain().length)) {
          lzma.write(plain());
        }
        yield out.toByteArray();
      }
      case MICROLZMA -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LZMAOutputStream lzma = new LZMAOutputStream(out, smallDictionary(), false)) {
          lzma.write(plain());
        }
        byte[] raw = out.toByteArray();
        assertThat(raw[0]).isZero();
        raw[0] = (byte) ~0x5d;
        yield raw;
      }
    };
  }

  private static LZMA2Options smallDictionary() throws IOException {
    LZMA2Options options = new LZMA2Options();
    options.setDictSize(1 << 16);
    return options;
  }

  private static byte[] deflate(boolean bare) {
    Deflater deflater = new Deflater(9, bare);
    deflater.setInput(plain());
    deflater.finish();
    byte[] out = new byte[8192];
    int length = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, length);
  }

  private static byte[] decode(BlockCodec codec, byte[] block, int maxOutBytes)
      throws DecodeException {
    byte[] in = new byte[block.length + 7];
    System.arraycopy(block, 0, in, 5, block.length);
    byte[] out = new byte[maxOutBytes + 9];
    int made = codec.decode(in, 5, block.length, out, 3, maxOutBytes);
    assertThat(Arrays.copyOf(out, 3)).containsOnly(0);
    assertThat(Arrays.copyOfRange(out, 3 + made, out.length)).containsOnly(0);
    return Arrays.copyOfRange(out, 3, 3 + made);
  }

  @ParameterizedTest
  @EnumSource
  void decodesAWholeBlock(BlockCodec codec) throws IOException {
    assertThat(decode(codec, encode(codec), plain().length)).isEqualTo(plain());
  }

  @ParameterizedTest
  @EnumSource
  void stopsWhereTheOutputIsFull(BlockCodec codec) throws IOException {
    assertThat(decode(codec, encode(codec), 1000)).isEqualTo(Arrays.copyOf(plain(), 1000));
  }

  @ParameterizedTest
  @EnumSource
  void refusesABlockThatEndsTooEarly(BlockCodec codec) throws IOException {
    byte[] half = Arrays.copyOf(encode(codec), encode(codec).length / 2 + 3);
    assertThatThrownBy(() -> decode(codec, half, plain().length))
        .isInstanceOf(DecodeException.class);
    assertThatThrownBy(() -> decode(codec, new byte[0], plain().length))
        .isInstanceOf(DecodeException.class);
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(60)
  void turnsDamageOfAnyKindIntoItsOwnException(BlockCodec codec) throws IOException {
    byte[] good = encode(codec);
    Random random = new Random(codec.name().length());
    int refused = 0;
    for (int round = 0; round < 1500; round++) {
      byte[] bad = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bad[random.nextInt(round % 3 == 0 ? Math.min(24, bad.length) : bad.length)] =
            (byte) random.nextInt();
      }
      try {
        int made = codec.decode(bad, 0, bad.length, new byte[8192], 0, 8192);
        assertThat(made).isBetween(0, 8192);
      } catch (DecodeException damaged) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void ignoresThePaddingAfterAFrameOfZstd() throws IOException {
    byte[] frame = encode(BlockCodec.ZSTD);
    byte[] padded = Arrays.copyOf(frame, frame.length + 500);
    assertThat(decode(BlockCodec.ZSTD, padded, plain().length)).isEqualTo(plain());
    assertThat(decode(BlockCodec.ZSTD, padded, 100)).isEqualTo(Arrays.copyOf(plain(), 100));
  }

  @Test
  void decodesAFrameOfZstdThatDoesNotStateItsSize() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out)) {
      zstd.write(plain());
    }
    byte[] padded = Arrays.copyOf(out.toByteArray(), out.size() + 100);
    assertThat(decode(BlockCodec.ZSTD, padded, 8192)).isEqualTo(plain());
  }

  @Test
  void refusesADictionaryOfAGigabyte() throws IOException {
    byte[] lzma = encode(BlockCodec.LZMA);
    lzma[4] = 0x40;
    assertThatThrownBy(() -> decode(BlockCodec.LZMA, lzma, plain().length))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("memory");
  }

  @Test
  void makesTheRunsOfZerosOfLzoVersion1() throws IOException {
    byte[] expected = Arrays.copyOf("abc".getBytes(StandardCharsets.US_ASCII), 15);
    assertThat(decode(BlockCodec.LZO, LZO_WITH_ZERO_RUN, 100)).isEqualTo(expected);
  }
}
