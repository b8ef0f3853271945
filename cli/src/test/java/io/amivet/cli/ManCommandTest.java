package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManCommandTest {
  @TempDir private Path folder;

  @Test
  void aPageSaysWhatHelpSays() {
    WholeRun run = WholeRun.of("man", "scan");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith(".TH AMIVET-SCAN 1 ")
        .contains(".B \\-\\-fail\\-on=SEVERITY\nThe threshold for exit code 1: critical, high")
        .contains("\n  1  findings at or above the threshold\n")
        .contains("amivet scan disk.qcow2 \\-\\-profile gate");
    assertThat(WholeRun.of("man").out()).contains("amivet\\-verify(1)");
    assertThat(WholeRun.of("man", "rules", "list").out()).startsWith(".TH AMIVET-RULES-LIST 1");
  }

  @Test
  void allPagesGoIntoAFolderAndNoLineIsARequestByAccident() throws IOException {
    assertThat(WholeRun.of("man", "-C", folder.toString()).code()).isZero();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> pages = files.toList();
      assertThat(pages).extracting(Path::getFileName).contains(Path.of("amivet-rules-check.1"));
      for (Path page : pages) {
        String text = Files.readString(page);
        assertThat(text.lines().filter(line -> line.startsWith(".") || line.startsWith("'")))
            .as(page.toString())
            .allMatch(line -> line.matches("\\.(TH .*|SH \".*\"|TP|B .*|nf|fi)"));
        assertThat(text).as(page.toString()).doesNotContain("${").matches("(?s)\\p{ASCII}*");
      }
    }
  }

  @Test
  void aCommandThatIsNoneIsWrongUsage() {
    WholeRun run = WholeRun.of("man", "rules", "lits");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("there is no command rules lits");
    assertThat(WholeRun.of("man", "-C", folder.resolve("none").toString()).code()).isEqualTo(2);
  }
}
