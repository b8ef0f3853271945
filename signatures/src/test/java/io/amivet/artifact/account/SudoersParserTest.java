package io.amivet.artifact.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SudoersParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ops ALL=(ALL) NOPASSWD:ALL",
        "ops\tALL = (ALL:ALL) NOPASSWD: ALL # why",
        "ops ALL=(ALL) NOPASSWD: SETENV: ALL",
        "ops ALL=(ALL) \\\n  NOPASSWD: ALL"
      })
  void tellsWhoNeedsNoPassword(String text) {
    assertThat(parse(text))
        .extracting(fact -> fact.kind() + " " + fact.fields().get("principal"))
        .containsExactly("nopasswd-all ops");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# ops ALL=(ALL) NOPASSWD:ALL",
        "ops ALL=(ALL) ALL",
        "ops ALL=NOPASSWD: /usr/bin/id",
        "User_Alias OPS = a, b",
        "@includedir /etc/sudoers.d",
        "Defaults env_reset"
      })
  void leavesOrdinaryLinesAlone(String text) {
    assertThat(parse(text)).isEmpty();
  }

  @Test
  void aUidIsNoComment() {
    assertThat(parse("#1000 ALL=(ALL) NOPASSWD: ALL").getFirst().fields())
        .containsEntry("principal", "#1000");
  }

  private static List<Artifact> parse(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return new SudoersParser().parse(ArtifactFile.of("/etc/sudoers", bytes), ImageView.empty());
  }
}
