package io.amivet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.amivet.block.BlockDevice;
import io.amivet.block.BlockDeviceContract;
import io.amivet.block.ByteRange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RawImageTest extends BlockDeviceContract {
  @TempDir private Path folder;

  @Override
  protected BlockDevice deviceOf(byte[] contents) throws IOException {
    return RawImage.open(Files.write(folder.resolve("disk.img"), contents));
  }

  private Path sparse(long sizeBytes, long... dataAt) throws IOException {
    Path file = folder.resolve("sparse.img");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(sizeBytes);
      for (long at : dataAt) {
        out.seek(at);
        out.write(new byte[4096]);
        out.seek(at);
        out.write(1);
      }
    }
    return file;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void tellsDataFromHoles() throws IOException {
    try (RawImage image = RawImage.open(sparse(100 << 20, 0, 50 << 20))) {
      List<ByteRange> ranges = image.dataRanges();
      assertThat(ranges).hasSize(2);
      assertThat(ranges.getFirst().contains(0)).isTrue();
      assertThat(ranges.getLast().contains(50 << 20)).isTrue();
      assertThat(ranges.stream().mapToLong(ByteRange::length).sum()).isLessThan(4 << 20);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void findsNoDataInAFileThatIsOneHole() throws IOException {
    try (RawImage image = RawImage.open(sparse(100 << 20))) {
      assertThat(image.dataRanges()).isEmpty();
    }
  }

  @Test
  void mapsFilesLargerThanTwoGibibytes() throws IOException {
    long far = (5L << 30) + 12345;
    try (RawImage image = RawImage.open(sparse(6L << 30, far))) {
      assertThat(image.sizeBytes()).isEqualTo(6L << 30);
      assertThat(image.view(far, 1).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 1);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void failsWithASentenceWhenTheFileShrinksWhileItIsMapped() throws IOException {
    Path file = folder.resolve("shrinking.img");
    Files.write(file, new byte[1 << 20]);
    try (RawImage image = RawImage.open(file);
        RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(4096);
      for (int lengthBytes : new int[] {512, 128 << 10}) {
        byte[] target = new byte[lengthBytes];
        assertThatIOException()
            .isThrownBy(() -> image.read(512 << 10, MemorySegment.ofArray(target)))
            .withMessageContaining("can no longer be read")
            .withMessageContaining("shrinking.img");
      }
      image.read(0, MemorySegment.ofArray(new byte[512]));
    }
  }

  @Test
  void refusesADirectory() {
    assertThatIOException()
        .isThrownBy(() -> RawImage.open(folder))
        .withMessageContaining("is a directory");
  }

  @Test
  void mayBeClosedTwiceAndReadsNoMore() throws IOException {
    RawImage image = RawImage.open(sparse(1 << 20));
    image.close();
    image.close();
    assertThatIOException()
        .isThrownBy(() -> image.read(0, MemorySegment.ofArray(new byte[10])))
        .withMessageContaining("after it was closed");
  }

  @Test
  void isComplete() throws IOException {
    try (RawImage image = RawImage.open(sparse(1))) {
      assertThat(image.incomplete()).isEmpty();
    }
  }
}
