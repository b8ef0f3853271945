package io.amivet.source.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One disk in every format, as qemu-img wrote it and compared it with the original. */
class DiskFormatsTest {
  static byte[] fixture(String name) throws IOException {
    try (InputStream packed = TestImages.resource("images/disk-" + name + ".img.gz");
        InputStream in = new GZIPInputStream(packed)) {
      return in.readAllBytes();
    }
  }

  private static VirtualDisk open(String name) throws IOException {
    return open(name, fixture(name));
  }

  private static VirtualDisk open(String name, byte[] bytes) throws IOException {
    return DiskFormats.open(new MemoryDevice(name, bytes), Siblings.NONE).orElseThrow();
  }

  private static byte[] all(BlockDevice device) throws IOException {
    byte[] bytes = new byte[(int) device.sizeBytes()];
    device.read(0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qcow2-v2",
        "qcow2-v3",
        "qcow2-512",
        "qcow2-2m",
        "qcow2-deflate",
        "qcow2-zstd",
        "qcow2-subclusters",
        "vmdk-sparse",
        "vmdk-stream",
        "vhd-fixed",
        "vhd-dynamic",
        "vhdx-fixed",
        "vhdx-dynamic",
        "vhdx-log",
        "vdi-dynamic",
        "vdi-static"
      })
  void holdsTheBytesOfTheRawDisk(String name) throws IOException {
    byte[] raw = fixture("raw");
    VirtualDisk disk = open(name);
    assertThat(disk.sizeBytes()).isEqualTo(raw.length);
    assertThat(disk.logicalSectorBytes()).isEqualTo(512);
    assertThat(all(disk)).isEqualTo(raw);
    assertThat(disk.losses()).isEmpty();
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      int offset = random.nextInt(raw.length);
      int lengthBytes = random.nextInt(Math.min(200_000, raw.length - offset) + 1);
      assertThat(disk.view(offset, lengthBytes).toArray(ValueLayout.JAVA_BYTE))
          .isEqualTo(Arrays.copyOfRange(raw, offset, offset + lengthBytes));
    }
  }

  @Test
  void showsNeitherSnapshotsNorWhatLiesUnderClustersOfZeros() throws IOException {
    assertThat(all(open("qcow2-history"))).isEqualTo(fixture("qcow2-history-raw"));
  }

  @Test
  void saysThatALogWasPlayedBack() throws IOException {
    assertThat(open("vhdx-log").notes())
        .singleElement()
        .asString()
        .contains("its log was played back in memory");
  }

  @Test
  void saysThatALogCannotBePlayedBack() throws IOException {
    byte[] image = fixture("vhdx-log");
    int loge = indexOf(image, "loge");
    while (loge >= 0) {
      image[loge] = 'x';
      loge = indexOf(image, "loge");
    }
    assertThat(open("vhdx", image).losses())
        .singleElement()
        .asString()
        .contains("a log that cannot be played back");
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
  }

  @ParameterizedTest
  @CsvSource({
    "refused-backing, a backing file (/etc/hostname)",
    "refused-external, an external data file",
    "refused-luks, encryption (LUKS)"
  })
  void refusesByNameWhatTheFileAloneCannotGive(String name, String feature) {
    assertThatExceptionOfType(UnreadableDiskException.class)
        .isThrownBy(() -> open(name))
        .withMessageContaining(feature)
        .withMessageContaining("qemu-img convert");
  }

  @ParameterizedTest
  @CsvSource({
    "qcow2-v3, 79, 32, incompatible feature bit 5",
    "qcow2-v3, 7, 9, qcow version 9",
    "qcow2-v3, 35, 1, encryption (AES)",
    "vdi-dynamic, 76, 4, a parent image (differencing disk)",
    "vmdk-stream, 77, 3, compression algorithm 3"
  })
  void namesTheFeatureThatAByteAsksFor(String name, int at, int value, String feature)
      throws IOException {
    byte[] image = fixture(name);
    image[at] = (byte) value;
    assertThatExceptionOfType(UnreadableDiskException.class)
        .isThrownBy(() -> open(name, image))
        .withMessageContaining(feature);
  }

  @ParameterizedTest
  @CsvSource({
    "qcow2-v3, 23, 40, clusters of 2^40 bytes",
    "qcow2-v3, 24, -128, size ",
    "qcow2-v3, 40, 127, entries at ",
    "vdi-dynamic, 376, 1, blocks of ",
    "vmdk-sparse, 20, 3, grains of 3 sectors",
    "vmdk-sparse, 19, 64, sectors",
    "vhd-fixed, -450, 1, instead of "
  })
  void saysWhichFieldOfTheHeaderIsDamaged(String name, int at, int value, String detail)
      throws IOException {
    byte[] image = fixture(name);
    image[at < 0 ? image.length + at : at] = (byte) value;
    assertThatExceptionOfType(UnreadableDiskException.class)
        .isThrownBy(() -> open(name, image))
        .withMessageContaining("damaged")
        .withMessageContaining(detail);
  }

  @Test
  void aStreamWhoseDirectoryWasWrittenLastHasItsHeaderAtTheEnd() throws IOException {
    byte[] image = fixture("vmdk-stream");
    byte[] streamed = Arrays.copyOf(image, image.length + 3 * 512);
    System.arraycopy(image, 0, streamed, image.length + 512, 512);
    Arrays.fill(streamed, 56, 64, (byte) 0xff);
    assertThat(all(open("stream", streamed))).isEqualTo(fixture("raw"));
    byte[] cut = Arrays.copyOf(streamed, image.length);
    assertThatExceptionOfType(UnreadableDiskException.class)
        .isThrownBy(() -> open("cut", cut))
        .withMessageContaining("the grain directory is at the end, which is missing");
  }

  @Test
  void aVhdWithoutItsFooterHasTheCopyAtItsStart() throws IOException {
    byte[] image = fixture("vhd-dynamic");
    Arrays.fill(image, image.length - 512, image.length, (byte) 0);
    assertThat(all(open("vhd", image))).isEqualTo(fixture("raw"));
  }

  @Test
  void aDirtyOrCorruptQcow2IsReadAndSaidToBeSo() throws IOException {
    byte[] image = fixture("qcow2-v3");
    image[79] |= 3;
    VirtualDisk disk = open("qcow2", image);
    assertThat(disk.notes()).singleElement().asString().contains("not closed properly");
    assertThat(disk.losses()).singleElement().asString().contains("marked as corrupt");
    assertThat(all(disk)).isEqualTo(fixture("raw"));
  }

  @Test
  void noOtherFileIsTakenForADiskFormat() throws IOException {
    assertThat(DiskFormats.matches(new MemoryDevice("raw", fixture("raw")))).isFalse();
    assertThat(DiskFormats.matches(new MemoryDevice("empty", new byte[0]))).isFalse();
    assertThat(DiskFormats.matches(new MemoryDevice("short", new byte[3]))).isFalse();
  }
}
