package io.amivet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalImagesTest {
  @TempDir private Path folder;

  @Test
  void takesForRawWhatIsNothingElse() throws IOException {
    Path file = Files.write(folder.resolve("disk.gz"), new byte[1000]);
    try (LocalDisks opened = LocalImages.open(file, folder.resolve("cache"))) {
      assertThat(opened.disks()).hasSize(1);
      Disk disk = opened.disks().getFirst();
      assertThat(disk.device()).isInstanceOf(RawImage.class).hasToString(file.toString());
      assertThat(disk.name()).isEqualTo("disk.gz");
      assertThat(disk.losses().get()).isEmpty();
      assertThat(folder.resolve("cache")).doesNotExist();
    }
  }

  @Test
  void doesNotWaitForTheWriterOfADevice() {
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(Path.of("/dev/null"), folder))
        .withMessageContaining("neither a file nor a block device");
  }

  @Test
  void saysWhatIsWrongWithTheTarget() {
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(folder.resolve("absent"), folder))
        .withMessageContaining("there is no file");
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(folder, folder))
        .withMessageContaining("is a directory");
  }
}
