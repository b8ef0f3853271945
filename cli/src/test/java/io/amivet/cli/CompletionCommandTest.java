package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir private Path temp;

  private String complete(String words, int current) throws Exception {
    WholeRun run = WholeRun.of("completion");
    assertThat(run.code()).isZero();
    Path script = Files.writeString(temp.resolve("completion.sh"), run.out());
    // What bash does when the user presses the key.
    String session =
        "source '"
            + script
            + "'; compopt() { :; }; COMP_WORDS=("
            + words
            + "); COMP_CWORD="
            + current
            + "; _complete_amivet; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash = new ProcessBuilder("bash", "-c", session).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void bashCompletesCommandsOptionsAndTheirValues() throws Exception {
    assertThat(complete("amivet ver", 1)).contains("verify");
    assertThat(complete("amivet scan --base", 2)).contains("--baseline");
    assertThat(complete("amivet scan --profile mar", 3)).contains("marketplace");
    assertThat(complete("amivet rules ex", 2)).contains("explain");
  }

  @Test
  void explainIsTheSameAsRulesExplain() {
    WholeRun one = WholeRun.of("explain", "ssh-001");
    assertThat(one.code()).isZero();
    assertThat(one.out()).isEqualTo(WholeRun.of("rules", "explain", "SSH-001").out());
  }

  @Test
  void everyCommandShowsAnExampleAndTheRootSaysWhatTheExitCodesMean() {
    for (String command :
        new String[] {"scan", "verify", "ls", "cat", "stat", "extract", "timeline", "volumes"}) {
      assertThat(WholeRun.of(command, "--help").out()).as(command).contains("  amivet " + command);
    }
    assertThat(WholeRun.of("frobnicate").code()).isEqualTo(2);
  }
}
