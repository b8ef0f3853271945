package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.fs.memory.MemoryFileSystem;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class CatCommandTest {
  private final MemoryFileSystem fs = new MemoryFileSystem();
  private final CommandRun command = new CommandRun().with(fs);
  private final long etc = fs.directory(MemoryFileSystem.ROOT, "etc");

  @Test
  void writesSeveralFilesInTheOrderOfTheCommandLine() {
    fs.file(etc, "one", "first\n");
    fs.file(etc, "two", "second\n");
    assertThat(command.run("cat", "a.img", "/etc/two", "/etc/one")).isZero();
    assertThat(command.out()).isEqualTo("second\nfirst\n");
  }

  @Test
  void writesAllFilesBelowAFolderInTheOrderOfTheDisk() {
    fs.file(etc, "b", "first on the disk\n");
    fs.file(fs.directory(etc, "deep"), "a", "second\n");
    assertThat(command.run("cat", "-R", "a.img", "/")).isZero();
    assertThat(command.out()).isEqualTo("first on the disk\nsecond\n");
  }

  @Test
  void aFolderNeedsTheOptionThatSaysSo() {
    assertThat(command.run("cat", "a.img", "/etc")).isEqualTo(2);
    assertThat(command.err()).contains("/etc is not a file but a dir; -R writes all files below");
  }

  @Test
  void aDamagedFileCostsItselfAndTheExitCode() {
    fs.file(etc, "a", "before\n");
    fs.damage(fs.file(etc, "bad", "gone"));
    fs.file(etc, "z", "after\n");
    assertThat(command.run("cat", "-R", "a.img", "/etc")).isEqualTo(4);
    assertThat(command.out()).isEqualTo("before\nafter\n");
    assertThat(command.err()).contains("cannot read /etc/bad: damaged on purpose");
  }

  @Test
  void filesLargerThanAPieceAndHolesComeOutWhole() {
    fs.sparseFile(etc, "sparse", 700_000, 500_000, "in the middle");
    fs.file(etc, "tail", "end");
    assertThat(command.run("cat", "-R", "a.img", "/etc")).isZero();
    String out = command.out();
    assertThat(out).hasSize(700_003).endsWith("\0end");
    assertThat(out.substring(499_999, 500_014)).isEqualTo("\0in the middle\0");
  }

  @Test
  void stopsReadingWhenNobodyReadsTheOutput() {
    for (int i = 0; i < 1000; i++) {
      fs.file(etc, "f" + i, "x".repeat(4000));
    }
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new StdoutClosedException(new IOException("Broken pipe"));
          }
        };
    assertThat(command.writingTo(closed).run("cat", "-R", "a.img", "/")).isZero();
    assertThat(command.closed).isEqualTo(1);
  }
}
