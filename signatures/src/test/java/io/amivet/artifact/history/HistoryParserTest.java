package io.amivet.artifact.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class HistoryParserTest {

  private static List<Artifact> parse(String path, byte[] bytes) {
    return new HistoryParser().parse(ArtifactFile.of(path, bytes), ImageView.empty());
  }

  private static List<Artifact> parse(String path, String text) {
    return parse(path, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            HistoryParserTest.class.getResourceAsStream("/io/amivet/artifact/history/" + name))) {
      return in.readAllBytes();
    }
  }

  private static List<Secret> secrets(List<Artifact> found) {
    return found.stream().flatMap(artifact -> artifact.secrets().stream()).toList();
  }

  @Test
  void readsWhatBashWrote() throws IOException {
    List<Artifact> found = parse("/srv/app/.bash_history", fixture("bash_history"));
    assertThat(found).extracting(Artifact::kind).containsExactly("history", "history-secret");
    assertThat(found.get(0).fields())
        .containsEntry("format", "bash")
        .containsEntry("first", "2023-11-14");
    assertThat(found.get(1).line()).isEqualTo(4);
    assertThat(found.get(1).evidence().redacted()).isEqualTo("mysql -p***(12)");
    assertThat(secrets(found)).containsExactly(Secret.ofLatin1("Synth-Pw-101"));
  }

  @Test
  void readsWhatVimWrote() throws IOException {
    List<Artifact> found = parse("/root/.viminfo", fixture("viminfo"));
    assertThat(found.get(0).fields())
        .containsEntry("commands", "2")
        .containsEntry("last", "2023-11-14");
    assertThat(secrets(found)).containsExactly(Secret.ofLatin1("Synth-Pw-102"));
  }

  @Test
  void joinsLinesOfZshAndUndoesItsEscapes() {
    List<HistoryCommand> commands =
        ZshHistory.read(
            ": 1700000000:3;echo a\\\nb\nplain \u0083\u00a3\n"
                .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(commands)
        .extracting(HistoryCommand::text)
        .containsExactly("echo a\nb", "plain \u0083");
    assertThat(commands.getFirst().epochSeconds()).isEqualTo(1_700_000_000L);
  }

  @Test
  void decodesLibeditHistories() {
    List<Artifact> found =
        parse(
            "/root/.mysql_history",
            "_HiStOrY_V2_\nSET\\040PASSWORD\\040=\\040'Synth\\134Pw';\nselect\\0401;\n");
    assertThat(found.getFirst().fields()).containsEntry("commands", "2");
    assertThat(secrets(found)).containsExactly(Secret.ofLatin1("Synth\\Pw"));
  }

  @Test
  void readsBinaryHistoriesOfKornShells() {
    String ksh = "\u0081\u0001ls -l\n\0\0mysql -pSynth-Pw-1\n\0";
    String mksh = "\u00ab\u00cd\u00ff\0\0\0\u0001ls -l\0\u00ff\0\0\0\u0002mysql -pSynth-Pw-1\0";
    for (String text : List.of(ksh, mksh)) {
      List<Artifact> found = parse("/root/.ksh_history", text);
      assertThat(found.getFirst().fields()).containsEntry("commands", "2");
      assertThat(secrets(found)).containsExactly(Secret.ofLatin1("Synth-Pw-1"));
    }
  }

  @Test
  void reportsEachSecretOnce() {
    List<Artifact> found =
        parse("/root/.bash_history", "mysql -pSynth-Pw-1 a\nmysql -pSynth-Pw-1 b\n");
    assertThat(secrets(found)).hasSize(1);
  }

  @Test
  void staysSilentAboutEmptyAndBlankFiles() {
    for (String text : List.of("", "\n", " \n\t\n\n", "#1700000000\n", "\0\0\0\0")) {
      assertThat(parse("/root/.bash_history", text)).as(text).isEmpty();
    }
    assertThat(parse("/root/.my_history_dir", "one line\n")).isEmpty();
  }

  @Test
  void takesBoundedTimeForLargeFiles() {
    String oneLine = "mysql -p ".repeat(450_000);
    String manyLines = "curl -u a:b$C https://x/ | grep '\n".repeat(120_000);
    Assertions.assertTimeout(Duration.ofSeconds(60), () -> parse("/root/.bash_history", oneLine));
    Assertions.assertTimeout(Duration.ofSeconds(60), () -> parse("/root/.bash_history", manyLines));
    Assertions.assertTimeout(
        Duration.ofSeconds(60), () -> parse("/root/.zsh_history", "\\\n".repeat(2_000_000)));
  }
}
