package io.amivet.artifact.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.MapImageView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HistoryRedirectParserTest {
  private static final String PASSWD =
      "ops:x:1001:1001::/srv/ops:/bin/bash\ndev:x:1002:1002::/home/dev:/bin/bash\n";

  @Test
  void aSettingForAllIsFollowedForEachAccount() {
    List<Artifact> facts =
        parse(
            "/etc/profile.d/h.sh",
            "export HISTFILE=~/.log\n",
            Map.of("/etc/passwd", PASSWD, "/srv/ops/.log", "ls\nid\n", "/home/dev/.log", "pwd\n"));

    assertThat(facts)
        .extracting(fact -> fact.fields().get("target"))
        .containsExactly("/srv/ops/.log", "/home/dev/.log");
  }

  @Test
  void aSecretIsToldWithItsPlaceAndHidden() {
    List<Artifact> facts =
        parse(
            "/home/dev/.bashrc",
            "HISTFILE=\"${HOME}/.cmd\"\n",
            Map.of("/home/dev/.cmd", "ls\nmysql -u root -pSynth-Pw-92 shop\n"));

    assertThat(facts)
        .extracting(Artifact::kind)
        .containsExactly("redirected-history", "redirected-secret");
    assertThat(facts.getLast().evidence().redacted())
        .contains("/home/dev/.cmd:2")
        .doesNotContain("Synth-Pw-92");
  }

  @Test
  void whatOnlyTheShellKnowsIsNotGuessed() {
    assertThat(
            parse(
                "/home/dev/.bashrc",
                "HISTFILE=$(mktemp)\nHISTFILE=$XDG/.h\nHISTFILE=/dev/null\n",
                Map.of()))
        .isEmpty();
  }

  private static List<Artifact> parse(String path, String text, Map<String, String> files) {
    return new HistoryRedirectParser()
        .parse(ArtifactFile.of(path, text.getBytes(ISO_8859_1)), MapImageView.ofTexts(files));
  }
}
