package io.amivet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalImagesTest {
  @TempDir private Path folder;

  @Test
  void takesForRawWhatIsNothingElse() throws IOException {
    Path file = Files.write(folder.resolve("disk.gz"), new byte[1000]);
    try (LocalImage image = LocalImages.open(file, folder.resolve("cache"))) {
      assertThat(image).isInstanceOf(RawImage.class).hasToString(file.toString());
      assertThat(folder.resolve("cache")).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource({"QFI\u00fb, qcow2", "KDMV, vmdk", "vhdxfile, vhdx", "conectix, vpc"})
  void namesTheDiskFormatsItDoesNotRead(String magic, String format) throws IOException {
    byte[] head = magic.getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("disk.img"), Arrays.copyOf(head, 4096));
    assertThatIOException()
        .isThrownBy(() -> LocalImages.open(file, folder))
        .withMessageContaining("is a " + format + " image")
        .withMessageContaining("qemu-img convert");
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
