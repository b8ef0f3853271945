package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIABbg7EqrWGJYe0et9xHPBox5fblD/3YmCnER6H2IGBO dev\n";

  @TempDir private Path temp;
  private Path tree;
  private Path report;

  @BeforeEach
  void scanOnce() throws IOException {
    tree = temp.resolve("image");
    report = temp.resolve("report.json");
    write("root/.ssh/authorized_keys", KEY);
    write("root/.netrc", "machine a.example login me password q7Vb2xkLm9tH81pZ\n");
    write("srv/token.txt", "x\n");
    WholeRun.of("scan", "--quiet", tree.toString(), "-o", "json=" + report);
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private WholeRun verify(String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "verify";
    args[1] = "--quiet";
    args[2] = report.toString();
    args[3] = tree.toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return WholeRun.of(args);
  }

  @Test
  void everythingHoldsWhereNothingChanged() {
    WholeRun run = verify();
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("holds        critical  SSH-001  /root/.ssh/authorized_keys:1")
        .containsPattern("[1-9][0-9]* hold, 0 gone, 0 not checked\n$");
  }

  @Test
  void whatWasRemovedOrChangedIsGone() throws IOException {
    Files.delete(tree.resolve("root/.netrc"));
    write("root/.ssh/authorized_keys", KEY.replace("IABbg7Eq", "IABbg7Er"));
    WholeRun run = verify();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("gone         critical  SSH-001  /root/.ssh/authorized_keys:1")
        .containsPattern("gone .* /root/.netrc");
  }

  @Test
  void aFindingOfARuleThatIsNotThereIsNotChecked() throws IOException {
    Files.writeString(
        report,
        Files.readString(report)
            .replace("\"rule\" : \"SSH-001\"", "\"rule\" : \"OWN-001\"")
            .replaceAll("\"id\" : \"[0-9a-f]{8}", "\"id\" : \"00000000"));
    WholeRun run = verify("--json");
    List<JsonNode> own = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      JsonNode one = new ObjectMapper().readTree(line);
      if (one.get("rule").asText().equals("OWN-001")) {
        own.add(one);
      }
    }
    assertThat(own).hasSize(1);
    assertThat(own.getFirst().get("state").asText()).isEqualTo("unknown");
    assertThat(own.getFirst().get("reason").asText()).contains("there is no rule OWN-001");
  }

  @Test
  void allFindingsOfTheDemoHoldAndItsDiskIsTheSame() throws IOException {
    Path image = TestImages.unpack("demo-root", temp);
    WholeRun.of("scan", "--quiet", image.toString(), "--digest", "-o", "json=" + report);
    WholeRun run = WholeRun.of("verify", report.toString(), image.toString());
    assertThat(run.err()).contains("is byte for byte what the report is about");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains(" 0 gone, 0 not checked");
  }

  @Test
  void aFileThatIsNoReportIsWrongUsage() throws IOException {
    Files.writeString(report, "{}");
    WholeRun run = verify();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("it is not a report of amivet scan -o json");
  }
}
