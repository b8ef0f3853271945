package io.amivet.source.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images whose headers and tables lie: an answer or a coded fault, in bounded time and memory. */
class DiskFormatsMutationTest {
  private static final int ROUNDS = 60;
  private static final int MAX_READ_BYTES = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qcow2-v2",
        "qcow2-512",
        "qcow2-deflate",
        "qcow2-zstd",
        "qcow2-subclusters",
        "vmdk-sparse",
        "vmdk-stream",
        "vhd-dynamic",
        "vhdx-log",
        "vdi-dynamic",
        "tar-gnu",
        "tar-pax10",
        "ova"
      })
  void survivesDamageToItsTables(String name) throws IOException {
    byte[] sound = DiskFormatsTest.fixture(name);
    int[] used = usedBytes(sound);
    Random random = new Random(name.hashCode());
    int answers = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] image = sound.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        mutate(image, used, random);
      }
      answers += readsSomething(new MemoryDevice(name, image)) ? 1 : 0;
    }
    assertThat(answers).isBetween(1, ROUNDS);
  }

  /** Where metadata may be: bytes in zeros are seldom looked at. */
  private static int[] usedBytes(byte[] image) {
    int[] used = new int[image.length];
    int count = 0;
    for (int i = 0; i < image.length; i++) {
      if (image[i] != 0) {
        used[count++] = i;
      }
    }
    return java.util.Arrays.copyOf(used, count);
  }

  private static void mutate(byte[] image, int[] used, Random random) {
    int at = used[random.nextInt(random.nextBoolean() ? used.length : Math.min(used.length, 200))];
    switch (random.nextInt(4)) {
      case 0 -> image[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> image[at] = (byte) random.nextInt(256);
      case 2 -> {
        for (int i = at; i < Math.min(image.length, at + 8); i++) {
          image[i] = (byte) (random.nextBoolean() ? 0xff : 0);
        }
      }
      default -> {
        int from = used[random.nextInt(used.length)];
        int length = Math.min(64, image.length - Math.max(at, from));
        System.arraycopy(image, from, image, at, length);
      }
    }
  }

  static boolean readsSomething(BlockDevice file) {
    try {
      if (ArchivedDisks.isArchive(file)) {
        var found = ArchivedDisks.find(file, member -> java.util.Optional.empty());
        for (ArchivedDisks.Member member : found.members()) {
          readSome(
              DiskFormats.open(member.contents(), member.siblings())
                  .<BlockDevice>map(disk -> disk)
                  .orElse(member.contents()));
        }
        return true;
      }
      var disk = DiskFormats.open(file, Siblings.NONE);
      if (disk.isPresent()) {
        readSome(disk.get());
      }
      return disk.isPresent();
    } catch (IOException coded) {
      return false;
    }
  }

  private static void readSome(BlockDevice disk) throws IOException {
    long sizeBytes = disk.sizeBytes();
    byte[] target = new byte[(int) Math.min(MAX_READ_BYTES, sizeBytes)];
    for (long offset : new long[] {0, sizeBytes / 2, sizeBytes - target.length}) {
      long at = Math.min(offset, sizeBytes - target.length);
      try {
        disk.read(at, MemorySegment.ofArray(target));
      } catch (IOException coded) {
        assertThat(coded.getMessage()).isNotBlank();
      }
    }
    assertThat(disk.dataRanges()).isNotNull();
  }

  @Test
  void tablesThatPointToThemselvesAndExabytesCostNothing() throws IOException {
    byte[] image = new byte[3 << 16];
    writeQcow2Header(image, 1L << 43, 1 << 14);
    // Both levels are one and the same table.
    for (int at = 1 << 16; at < 3 << 16; at += 8) {
      image[at + 5] = 1;
    }
    BlockDevice disk =
        DiskFormats.open(new MemoryDevice("loop", image), Siblings.NONE).orElseThrow();
    byte[] target = new byte[1 << 20];
    disk.read((1L << 42) + 12345, MemorySegment.ofArray(target));
    assertThat(disk.dataRanges()).isNotEmpty();
    assertThat(target).contains(1).doesNotContain(2);
  }

  private static void writeQcow2Header(byte[] image, long sizeBytes, int l1Entries) {
    java.nio.ByteBuffer header = java.nio.ByteBuffer.wrap(image);
    header.put(0, Qcow2Header.MAGIC.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    header.putInt(4, 2);
    header.putInt(20, 16);
    header.putLong(24, sizeBytes);
    header.putInt(36, l1Entries);
    header.putLong(40, 1 << 16);
  }
}
