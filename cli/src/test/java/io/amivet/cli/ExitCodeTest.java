package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.finding.Verdict;
import io.amivet.fs.memory.MemoryFileSystem;
import io.amivet.volume.VolumeState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitCodeTest {
  private final CommandRun command = new CommandRun().with(new MemoryFileSystem());

  @Test
  void aVerdictBecomesTheExitCode() {
    assertThat(command.judging(Verdict.PASS).run("scan", "a.img")).isEqualTo(0);
    assertThat(command.judging(Verdict.FAIL).run("scan", "a.img")).isEqualTo(1);
    assertThat(command.judging(Verdict.INCOMPLETE).run("scan", "a.img")).isEqualTo(4);
    assertThat(command.closed).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sacn a.img",
        "scan",
        "scan a.img --unknown",
        "scan a.img --fail-on worst",
        "scan a.img --depth deepest",
        "scan a.img -o xml",
        "scan a.img -o table -o json",
        "scan a.img b.img -o json=report.json",
        "scan a.img -o json=/no/such/folder/report.json",
        "scan a.img --endpoint-url ftp://x",
        "scan a.img --max-requests-per-second -1",
        "scan a.img --cache-size lots",
        "ls a.img --volume 7",
        "ls a.img /nothing/here",
        "cat a.img /",
        "extract a.img /etc",
        "rules explain NO-001"
      })
  void wrongUsageIsTwoAndSaysWhyInAFewLines(String line) {
    int code = command.run(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(code).isEqualTo(2);
    assertThat(command.err()).startsWith("amivet: ").doesNotContain("\tat ");
    assertThat(command.err().lines().count()).isBetween(1L, 3L);
    assertThat(command.out()).isEmpty();
  }

  @Test
  void aMistypedOptionGetsASuggestionAndTheWayToHelp() {
    command.run("ls", "--voulme", "1", "a.img");
    assertThat(command.err())
        .isEqualToNormalizingNewlines(
            """
            amivet: Unknown option: '--voulme'
              did you mean --volume?
            Run 'amivet ls --help' for usage.
            """);
  }

  @Test
  void aTargetThatCannotBeHadIsThree() {
    assertThat(command.run("ls", "missing.img")).isEqualTo(3);
    assertThat(command.run("scan", "missing.img")).isEqualTo(3);
    command.failingWith(new IOException("ListSnapshotBlocks was throttled"));
    assertThat(command.run("volumes", "ami-1")).isEqualTo(3);
    command.failingWith(new AccessDeniedException("disk.img"));
    assertThat(command.run("ls", "disk.img")).isEqualTo(3);
    assertThat(command.err())
        .contains("amivet: no such file: missing.img\n")
        .contains("amivet: ListSnapshotBlocks was throttled\n")
        .contains("amivet: permission denied: disk.img\n")
        .doesNotContain("\tat ");
  }

  @Test
  void anImageThatCannotBeReadIsFour() {
    command.failingWith(
        new CorruptImageException(MemoryFileSystem.Broken.DAMAGED, 1024, "superblock", ""));
    assertThat(command.run("ls", "a.img")).isEqualTo(4);
    command.failingWith(new UnsupportedFeatureException("ext4", List.of("casefold")));
    assertThat(command.run("ls", "a.img")).isEqualTo(4);
    assertThat(command.err()).contains("image offset 1024").contains("casefold");
  }

  @Test
  void anUnreadVolumeThatHoldsDataIsFourButSwapIsNot() {
    command.withUnread(VolumeState.UNSUPPORTED, "swap", false);
    assertThat(command.run("ls", "a.img")).isEqualTo(0);
    command.withUnread(VolumeState.ENCRYPTED, "LUKS2", true);
    assertThat(command.run("ls", "a.img")).isEqualTo(4);
    assertThat(command.run("ls", "a.img", "--volume", "1")).isEqualTo(0);
    assertThat(command.run("ls", "a.img", "--volume", "3")).isEqualTo(4);
    assertThat(command.err()).contains("volume 3 (p3, crypto_LUKS) is not read: encrypted: LUKS2");
  }

  @Test
  void aBugIsFiveAndItsMessageStaysHiddenWithoutDebug() {
    command.failingWith(new IllegalStateException("password=hunter2"));
    assertThat(command.run("ls", "a.img")).isEqualTo(5);
    assertThat(command.err())
        .contains("this is a bug of amivet")
        .contains("java.lang.IllegalStateException at io.amivet.cli.")
        .doesNotContain("hunter2");
    assertThat(command.run("ls", "a.img", "--debug")).isEqualTo(5);
    assertThat(command.err()).contains("  at io.amivet.cli.ExitCodeTest");
  }

  @Test
  void anErrorOfTheMachineIsNotTakenForFindings() {
    command.failingWith(new OutOfMemoryError("heap"));
    assertThat(command.run("scan", "a.img")).isEqualTo(5);
    command.failingWith(new StackOverflowError());
    assertThat(command.run("scan", "a.img")).isEqualTo(5);
    command.failingWith(new InternalError("a fault occurred in an unsafe memory access operation"));
    assertThat(command.run("ls", "a.img")).isEqualTo(3);
  }

  @Test
  void allErrorsOfARuleFileAreShownAtOnce() {
    assertThat(command.run("rules", "check", "my.yaml")).isEqualTo(2);
    assertThat(command.err())
        .isEqualToNormalizingNewlines(
            """
            amivet: my.yaml:3:7: unknown key 'pahts'
            amivet: my.yaml:9:1: no id
            """);
  }

  @Test
  void aReaderThatGoesAwayIsNoError() {
    OutputStream closedPipe =
        new StandardOutput(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            });
    command.writingTo(closedPipe).judging(Verdict.FAIL);
    assertThat(command.run("ls", "a.img", "--json", "/")).isZero();
    assertThat(command.run("scan", "a.img")).isEqualTo(1);
    assertThat(command.err()).isEmpty();
  }

  @Test
  void aFullDiskBehindStandardOutputIsAnError() {
    OutputStream full =
        new StandardOutput(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            });
    assertThat(command.writingTo(full).run("volumes", "a.img")).isEqualTo(4);
    assertThat(command.err()).contains("No space left on device");
  }

  @Test
  void theStrongestStatementOfSeveralTargetsWins() {
    assertThat(ExitCode.worst(List.of(ExitCode.COMPLETE, ExitCode.INCOMPLETE)))
        .isEqualTo(ExitCode.INCOMPLETE);
    assertThat(ExitCode.worst(List.of(ExitCode.FINDINGS, ExitCode.ACQUISITION)))
        .isEqualTo(ExitCode.FINDINGS);
    assertThat(command.judging(Verdict.PASS).run("scan", "missing.img", "a.img")).isEqualTo(3);
    assertThat(command.out()).isEqualTo("table a.img pass\n");
  }
}
