package io.amivet.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUseTest {
  @TempDir Path disk;

  /** What another process finds: whether it can have the lock of a disk alone. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] args) throws IOException {
      try (FileChannel channel =
              FileChannel.open(Path.of(args[0]).resolve("lock"), StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        Files.writeString(Path.of(args[1]), lock == null ? "in use" : "free");
      }
    }
  }

  private String seenByAnotherProcess(Path answer) throws Exception {
    Path classes =
        Path.of(OtherProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes.toString(),
                OtherProcess.class.getName(),
                disk.toString(),
                answer.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return Files.readString(answer);
  }

  @Test
  void whatThisProcessLooksAtOrEndsLeavesItsOtherUsesLocked(@TempDir Path answers)
      throws Exception {
    Path answer = answers.resolve("answer");
    assertThat(DiskUse.isFree(disk)).isTrue();
    DiskUse one = DiskUse.begin(disk);
    DiskUse two = DiskUse.begin(disk);
    assertThat(DiskUse.isFree(disk)).isFalse();
    two.close();
    assertThat(DiskUse.isFree(disk)).isFalse();
    assertThat(seenByAnotherProcess(answer)).isEqualTo("in use");
    one.close();
    assertThat(DiskUse.isFree(disk)).isTrue();
    assertThat(seenByAnotherProcess(answer)).isEqualTo("free");
  }
}
