package io.amivet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.amivet.block.BlockDevice;
import io.amivet.block.BlockDeviceContract;
import io.amivet.block.ByteRange;
import io.amivet.testdata.TestImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class SpooledImageTest extends BlockDeviceContract {
  @TempDir private Path folder;
  private final AtomicLong progress = new AtomicLong();

  @Override
  protected BlockDevice deviceOf(byte[] contents) throws IOException {
    return open(compress(Codec.GZIP, contents));
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private LocalImage open(byte[] packed) throws IOException {
    SpooledImage.Limits limits = new SpooledImage.Limits(cache(), 1 << 30, progress);
    Optional<Codec> codec = Codec.of(Arrays.copyOf(packed, Codec.HEAD_BYTES));
    return SpooledImage.copy(new ByteArrayInputStream(packed), codec, "disk.img", limits);
  }

  private static byte[] compress(Codec codec, byte[] contents) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (codec) {
          case GZIP -> new GZIPOutputStream(packed);
          case XZ -> new XZOutputStream(packed, new LZMA2Options(1));
          case ZSTD -> new ZstdOutputStreamNoFinalizer(packed);
          case BZIP2 -> new BZip2CompressorOutputStream(packed, 1);
        }) {
      out.write(contents);
    }
    return packed.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] all(BlockDevice device) throws IOException {
    return device.view(0, device.sizeBytes()).toArray(ValueLayout.JAVA_BYTE);
  }

  private static String suffix(Codec codec) {
    return switch (codec) {
      case GZIP -> "gz";
      case XZ -> "xz";
      case ZSTD -> "zst";
      case BZIP2 -> "bz2";
    };
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void readsWhatTheRealToolWrote(Codec codec) throws Exception {
    byte[] packed;
    String sha256;
    try (InputStream in = TestImages.resource("images/stream." + suffix(codec));
        InputStream sum = TestImages.resource("images/stream.sha256")) {
      packed = in.readAllBytes();
      sha256 = new String(sum.readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
    try (LocalImage image = open(packed)) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(all(image));
      assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
      assertThat(image.incomplete()).isEmpty();
      assertThat(progress.get()).isEqualTo(packed.length);
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void readsStreamsThatWereJoined(Codec codec) throws IOException {
    byte[] first = Arrays.copyOf(contents(), 100_001);
    byte[] second = Arrays.copyOfRange(contents(), 100_001, contents().length);
    try (LocalImage image = open(join(compress(codec, first), compress(codec, second)))) {
      assertThat(image.incomplete()).isEmpty();
      assertThat(all(image)).isEqualTo(contents());
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void keepsWhatCameBeforeTheEndOfACutStream(Codec codec) throws IOException {
    byte[] contents = noise(3 << 20);
    byte[] packed = compress(codec, contents);
    try (LocalImage image = open(Arrays.copyOf(packed, packed.length * 2 / 3))) {
      assertThat(image.incomplete()).isPresent();
      assertThat(image.incomplete().orElseThrow())
          .contains("only the first " + image.sizeBytes() + " bytes");
      assertThat(image.sizeBytes()).isGreaterThan(1 << 20).isLessThan(contents.length);
      assertThat(all(image)).isEqualTo(Arrays.copyOf(contents, (int) image.sizeBytes()));
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void saysWhenBytesInTheMiddleAreDamaged(Codec codec) throws IOException {
    byte[] packed = compress(codec, noise(3 << 20));
    Arrays.fill(packed, packed.length / 2, packed.length / 2 + 64, (byte) 0x5a);
    try (LocalImage image = open(packed)) {
      assertThat(image.incomplete()).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void refusesAStreamOfWhichNothingIsSound(Codec codec) throws IOException {
    byte[] packed = compress(codec, noise(100));
    // Without a checksum, only its header tells a zstd frame from noise.
    Arrays.fill(packed, codec == Codec.ZSTD ? 4 : 12, packed.length, (byte) 0x5a);
    assertThatIOException()
        .isThrownBy(() -> open(packed).close())
        .withMessageContaining("is not a sound " + codec.label() + " stream");
    assertThat(leftovers()).isEmpty();
  }

  private static byte[] noise(int lengthBytes) {
    byte[] noise = new byte[lengthBytes];
    new Random(9).nextBytes(noise);
    return noise;
  }

  @Test
  void takesWhatFollowsAGzipMemberForDamageUnlessItIsZeros() throws IOException {
    byte[] packed = compress(Codec.GZIP, contents());
    try (LocalImage image = open(join(packed, new byte[512]))) {
      assertThat(image.incomplete()).isEmpty();
    }
    try (LocalImage image = open(join(packed, noise(600)))) {
      assertThat(image.incomplete()).isPresent();
      assertThat(all(image)).isEqualTo(contents());
    }
  }

  @Test
  void copiesWhatIsNotCompressed() throws IOException {
    try (LocalImage image = open(contents())) {
      assertThat(image.incomplete()).isEmpty();
      assertThat(all(image)).isEqualTo(contents());
      assertThat(progress.get()).isEqualTo(contents().length);
    }
  }

  @Test
  void leavesHolesWhereTheImageIsZeros() throws IOException {
    byte[] contents = new byte[4 << 20];
    contents[1 << 20] = 1;
    try (LocalImage image = open(compress(Codec.ZSTD, contents))) {
      assertThat(image.dataRanges()).containsExactly(new ByteRange(1 << 20, 64 << 10));
      assertThat(all(image)).isEqualTo(contents);
    }
  }

  @Test
  void leavesNoFileBehindEvenWhileItIsOpen() throws IOException {
    try (LocalImage image = open(compress(Codec.XZ, contents()))) {
      assertThat(leftovers()).isEmpty();
      image.read(0, MemorySegment.ofArray(new byte[10]));
    }
    assertThat(leftovers()).isEmpty();
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(cache())) {
      return files.toList();
    }
  }

  @Test
  void stopsAtTheLimit() throws IOException {
    Path bomb = Files.write(folder.resolve("bomb"), compress(Codec.GZIP, new byte[8 << 20]));
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(bomb, cache(), 1 << 20, progress))
        .withMessageContaining("more than the allowed 1048576 bytes");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void saysWhichFolderCannotBeWritten() throws IOException {
    Path occupied = Files.write(folder.resolve("file"), new byte[1]);
    Path packed = Files.write(folder.resolve("disk.gz"), compress(Codec.GZIP, new byte[10]));
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(packed, occupied))
        .withMessageContaining(occupied.toString())
        .withMessageContaining("choose another one");
  }
}
