package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignRulesCommandTest {
  private static final String TOML =
      """
      [[rules]]
      id = "acme-token"
      description = "Acme token"
      regex = '''acme_[a-z0-9]{16}'''
      [[rules]]
      id = "files-only"
      path = '''p12$'''
      """;

  @TempDir private Path folder;
  private Path rules;

  @BeforeEach
  void write() throws IOException {
    rules = Files.writeString(folder.resolve("rules.toml"), TOML);
  }

  @Test
  void importListsWhatCannotBeExpressed() {
    WholeRun run = WholeRun.of("rules", "import", rules.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("not expressed: files-only: it names files by an expression alone")
        .contains("1 rules, 0 examples, 0 failures; 1 not expressed");
  }

  @Test
  void aScanTakesTheFileAsItIs() throws IOException {
    Path tree = folder.resolve("tree");
    Path srv = Files.createDirectories(tree.resolve("srv"));
    Files.writeString(srv.resolve("a.conf"), "x = acme_q7vb2xklm9th81pz\n");
    WholeRun run = WholeRun.scan("--rules", rules.toString(), tree.toString());

    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.out()).contains("\"acme-token\"").doesNotContain("q7vb2xklm9th81pz");
    assertThat(run.err()).contains("not all can be expressed");
  }

  @Test
  void allErrorsOfABrokenFileAreTold() throws IOException {
    Files.writeString(rules, "[[rules]]\nid = \"a\nentropy = much\n");
    WholeRun run = WholeRun.of("rules", "import", rules.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("rules.toml:2:").contains("rules.toml:3:");
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path other = Files.writeString(folder.resolve("other.yaml"), "a: b\n");
    WholeRun run = WholeRun.of("rules", "import", other.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("is no rule file of Gitleaks");
  }
}
