package io.amivet.artifact.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.DatabaseFile;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Databases that {@code testdata/make/make-stores.sh} made, against what sqlite3 prints of them.
 */
class DatabaseHistoryTest {
  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        DatabaseHistoryTest.class.getResourceAsStream("/io/amivet/artifact/stores/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static byte[] database(String name) throws IOException {
    try (InputStream in =
        DatabaseHistoryTest.class.getResourceAsStream(
            "/io/amivet/artifact/stores/" + name + ".gz")) {
      return new GZIPInputStream(in).readAllBytes();
    }
  }

  private static List<Artifact> parse(String path, byte[] bytes) {
    return new HistoryParser().parse(ArtifactFile.of(path, bytes), ImageView.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "atuin.db, /root/.local/share/atuin/history.db, 2023-11-14, Synth-Pw-201",
    "histdb.db, /root/.histdb/zsh-history.db, , Synth-Pw-202",
    "mcfly.db, /root/.local/share/mcfly/history.db, 2023-11-14, Synth-Pw-203",
    "nushell.db, /root/.config/nushell/history.sqlite3, 2023-11-14, Synth-Pw-204",
    "xonsh.db, /root/.local/share/xonsh/xonsh-history.sqlite, 2023-11-14, Synth-Pw-205",
    "ipython.db, /root/.ipython/profile_default/history.sqlite, , Synth-Pw-206",
  })
  void readsWhatAProgramKeeps(String name, String path, String first, String secret)
      throws IOException {
    byte[] bytes = database(name);
    List<String> printed =
        new String(resource(name + ".txt"), StandardCharsets.ISO_8859_1).lines().toList();
    DatabaseFile file =
        DatabaseFile.open(ArtifactFile.of(path, bytes), ImageView.empty()).orElseThrow();
    assertThat(DatabaseHistory.read(file)).extracting(HistoryCommand::text).isEqualTo(printed);

    List<Artifact> found = parse(path, bytes);
    assertThat(found).extracting(Artifact::kind).containsExactly("history", "history-secret");
    assertThat(found.get(0).fields()).containsEntry("commands", Integer.toString(printed.size()));
    assertThat(found.get(0).fields().get("first")).isEqualTo(first);
    assertThat(found.get(1).secrets()).containsExactly(Secret.ofLatin1(secret));
    assertThat(found.toString()).doesNotContain(secret);
  }

  @Test
  void aDatabaseOfAnotherProgramIsNoHistoryOfCommands() throws IOException {
    List<Artifact> found = parse("/root/.local/share/atuin/other.db", database("other.db"));
    assertThat(found)
        .singleElement()
        .satisfies(artifact -> {
          assertThat(artifact.evidence().redacted()).contains("binary store");
          assertThat(artifact.secrets()).isEmpty();
        });
  }

  @Test
  void survivesDamage() throws IOException {
    Random random = new Random(11);
    int read = 0;
    for (String name : List.of("atuin.db", "histdb.db", "nushell.db", "xonsh.db")) {
      byte[] whole = database(name);
      for (int round = 0; round < 500; round++) {
        byte[] damaged = Arrays.copyOf(whole, whole.length - (round % 7 == 0 ? round : 0));
        for (int i = 0; i <= round % 8; i++) {
          damaged[16 + random.nextInt(damaged.length - 16)] = (byte) random.nextInt();
        }
        read += parse("/root/.local/share/atuin/history.db", damaged).isEmpty() ? 0 : 1;
      }
    }
    assertThat(read).isEqualTo(2000);
  }
}
