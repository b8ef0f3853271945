package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier report makes of a whole scan. */
class BaselineScanTest {
  private static final String OLD =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIABbg7EqrWGJYe0et9xHPBox5fblD/3YmCnER6H2IGBO old\n";
  private static final String NEW =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUxZ1gF8yF5Cdg1Rq6PXc7Tq8nCvHkJ1s1x9y8ZQe0X new\n";
  private static final byte[] NOT_UTF8 = {'k', (byte) 0xff, '.', 'p', 'e', 'm'};

  @TempDir private Path temp;
  private Path tree;
  private Path earlier;

  @BeforeEach
  void scanOnce() throws IOException {
    tree = temp.resolve("image");
    write("root/.ssh/authorized_keys", OLD);
    write("root/.netrc", "machine a.example login me password q7Vb2xkLm9tH81pZ\n");
    earlier = temp.resolve("earlier.json");
    assertThat(WholeRun.scan(tree.toString(), "-o", "json=" + earlier).code()).isEqualTo(1);
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private WholeRun again(String... more) {
    List<String> args = new ArrayList<>(List.of(tree.toString(), "--baseline", earlier.toString()));
    args.addAll(List.of(more));
    return WholeRun.scan(args.toArray(String[]::new));
  }

  private static JsonNode checked(WholeRun run) throws IOException {
    return run.report();
  }

  @Test
  void whatWasThereBeforeDoesNotCount() throws IOException {
    WholeRun run = again();
    assertThat(run.code()).isZero();
    JsonNode report = checked(run);
    assertThat(report.at("/verdict").asText()).isEqualTo("pass");
    assertThat(report.at("/baseline/new").asInt()).isZero();
    assertThat(report.at("/baseline/fixed")).isEmpty();
    assertThat(report.at("/baseline/differences")).isEmpty();
    assertThat(report.at("/findings")).hasSameSizeAs(report.at("/baseline/known")).isNotEmpty();
  }

  @Test
  void aFurtherKeyInTheSameFileCounts() throws IOException {
    write("root/.ssh/authorized_keys", OLD + NEW);
    WholeRun run = again();
    assertThat(run.code()).isEqualTo(1);
    assertThat(checked(run).at("/baseline/new").asInt()).isPositive();
  }

  @Test
  void whatIsGoneIsListed() throws IOException {
    Files.delete(tree.resolve("root/.netrc"));
    JsonNode fixed = checked(again()).at("/baseline/fixed");
    assertThat(fixed).isNotEmpty();
    assertThat(fixed.get(0).get("path").asText()).isEqualTo("/root/.netrc");
    WholeRun table =
        WholeRun.of("scan", "--quiet", tree.toString(), "--baseline", earlier.toString());
    assertThat(table.out()).contains("not found again").contains("/root/.netrc");
  }

  @Test
  void whatIsWorseNowThanItWasIsNew() throws IOException {
    String milder =
        Files.readString(earlier).replace("\"severity\" : \"critical\"", "\"severity\" : \"low\"");
    Files.writeString(earlier, milder);
    assertThat(again().code()).isEqualTo(1);
  }

  @Test
  void anotherProfileIsADifference() throws IOException {
    JsonNode report = checked(again("--profile", "vet"));
    assertThat(report.at("/baseline/differences/0").asText())
        .isEqualTo("profile publish then, vet now");
  }

  @Test
  void aFileThatIsNoReportIsWrongUsage() throws IOException {
    for (String text :
        List.of("", "{}", "[1", "{\"tool\":{\"name\":\"amivet\"},\"findings\":[]}")) {
      Files.writeString(earlier, text);
      WholeRun run = again();
      assertThat(run.code()).as(text).isEqualTo(2);
      assertThat(run.err()).startsWith("amivet: cannot use ");
    }
  }

  @Test
  void pathsThatAreNotTextComeBackByteForByte() throws Exception {
    byte[] json =
        Files.readString(earlier)
            .replace(
                "\"path\" : \"/root/.netrc\"",
                "\"path\" : \"/?\", \"pathBase64\" : \""
                    + java.util.Base64.getEncoder()
                        .encodeToString(
                            ("/" + latin1(NOT_UTF8)).getBytes(StandardCharsets.ISO_8859_1))
                    + "\"")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(io.amivet.saved.SavedReport.read(json).findings())
        .anyMatch(finding -> finding.path().latin1().equals("/" + latin1(NOT_UTF8)));
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
