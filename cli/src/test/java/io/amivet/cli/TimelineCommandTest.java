package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amivet.fs.memory.MemoryFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimelineCommandTest {
  /** {@code date -ud 2024-02-03T04:05:06 +%s}: every time of an inode in memory. */
  private static final String SECONDS = "1706933106";

  private final MemoryFileSystem fs = new MemoryFileSystem();
  private final CommandRun command = new CommandRun().with(fs);
  private long etc;

  @BeforeEach
  void fill() {
    etc = fs.directory(MemoryFileSystem.ROOT, "etc");
    fs.file(etc, "motd", "hello\n");
    fs.symlink(etc, "mtab", "/proc/mounts");
  }

  @Test
  void writesABodyFileAsTheSleuthKitDoes() {
    assertThat(command.run("timeline", "a.img", "/etc")).isZero();
    assertThat(command.out().lines().toList().get(1))
        .matches(
            "0\\|/etc/motd\\|12\\|r/rrw-r--r--\\|1000\\|100\\|6\\|\\d+\\|"
                + SECONDS
                + "\\|\\d+\\|\\d+");
    assertThat(command.out()).contains("|/etc/mtab -> /proc/mounts|13|l/lrwxrwxrwx|");
  }

  @Test
  void aNameCannotBreakALineOrAField() {
    fs.file(etc, "a|b\n0|/etc/fake|1", "");
    command.run("timeline", "a.img");
    assertThat(command.out().lines()).hasSize(5).allMatch(line -> line.split("\\|").length == 11);
    assertThat(command.out()).contains("|/etc/a\\x7cb\\x0a0\\x7c/etc/fake\\x7c1|");
  }

  @Test
  void writesEventsSortedByTime() throws IOException {
    assertThat(command.run("timeline", "--format", "jsonl", "a.img")).isZero();
    String previous = "";
    int events = 0;
    for (String line : command.out().lines().toList()) {
      JsonNode event = new ObjectMapper().readTree(line);
      String time = event.get("time").textValue();
      assertThat(time).isGreaterThanOrEqualTo(previous);
      assertThat(event.get("kinds").textValue()).matches("[m.][a.][c.][b.]").isNotEqualTo("....");
      previous = time;
      events++;
    }
    assertThat(events).isGreaterThanOrEqualTo(4);
    assertThat(command.out()).contains("2024-02-03T04:05:06.000000789Z", "\"path\":\"/etc/motd\"");
  }

  @Test
  void leavesOutWhatLiesOutsideOfTheSpan() {
    command.run("timeline", "--from", "2024-02-04", "--to", "2024-02-05", "a.img");
    command.run("timeline", "--format", "jsonl", "--to", "1999-01-01T00:00:00Z", "a.img");
    assertThat(command.out()).isEmpty();
    command.run("timeline", "--from", "@" + SECONDS, "--to", "2024-02-03 04:05:07", "a.img");
    assertThat(command.out().lines()).hasSize(4);
  }

  @Test
  void aTimeThatIsNoneIsAMistakeOfUsage() {
    assertThat(command.run("timeline", "--from", "yesterday", "a.img")).isEqualTo(2);
    assertThat(command.err()).contains("'yesterday' is not a time such as");
  }

  @Test
  void namesSayTheirVolumeIfThereAreSeveral() {
    MemoryFileSystem second = new MemoryFileSystem();
    second.file(MemoryFileSystem.ROOT, "vmlinuz".getBytes(StandardCharsets.UTF_8), 0600, "");
    command.with(second).run("timeline", "a.img");
    assertThat(command.out()).contains("0|volume 1: /etc/motd|", "0|volume 2: /vmlinuz|");
  }
}
