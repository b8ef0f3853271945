package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.rule.Profile;
import io.amivet.rule.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultsTest {
  @TempDir private Path temp;

  private final CommandRun command = new CommandRun();

  private Map<String, String> file(String yaml) throws IOException {
    Path config = Files.writeString(temp.resolve("config.yaml"), yaml);
    return Map.of("AMIVET_CONFIG", config.toString());
  }

  @Test
  void theCommandLineOutranksTheEnvironmentAndThatTheFile() throws IOException {
    Path config =
        Files.writeString(
            temp.resolve("c.yaml"),
            """
            region: eu-west-1
            profile: vet
            scan: {profile: gate, fail-on: low, disable: "A-1,B-2", quiet: true}
            ls: {recursive: true}
            """);
    Map<String, String> environment =
        Map.of(
            "AMIVET_CONFIG",
            config.toString(),
            "AMIVET_REGION",
            "us-east-1",
            "AMIVET_DEPTH",
            "quick",
            "AMIVET_ENGINE",
            "");
    command.configured(environment).run("scan", "a.img", "--depth", "full");
    assertThat(command.err()).isEmpty();
    ScanRequest request = command.scanned.getFirst();
    assertThat(request.access().aws().region()).isEqualTo("us-east-1");
    assertThat(request.profile()).isEqualTo(Profile.GATE);
    assertThat(request.depth().label()).isEqualTo("full");
    assertThat(request.disabledRules()).containsExactlyInAnyOrder("A-1", "B-2");
    assertThat(request.access().quiet()).isTrue();
    assertThat(request.engine()).isEqualTo(EngineChoice.AUTO);
  }

  @Test
  void aConfiguredThresholdLeavesRoomForThatOfAPolicy() throws IOException {
    command.configured(file("scan: {fail-on: low}")).run("scan", "a.img");
    assertThat(command.scanned.getFirst().judging().failOn()).isNull();
    assertThat(command.scanned.getFirst().judging().threshold()).isEqualTo(Severity.LOW);
    command.run("scan", "a.img", "--fail-on", "medium");
    assertThat(command.scanned.getLast().judging().failOn()).isEqualTo(Severity.MEDIUM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "regoin: eu-west-1|1:1: there is neither a command nor an option regoin",
        "scan: {profil: gate}|1:8: scan has no option --profil",
        "ls: {profile: gate}|1:6: ls has no option --profile",
        "scan: {show-secrets: true}|1:8: --show-secrets is said on the command line or not at all",
        "show-secrets: true|1:1: --show-secrets is said on the command line or not at all",
        "scan: {rules: [a, b]}|1:15: rules: expected one value",
        "[scan]|1:1: expected options and their values",
      })
  void whatTheFileGetsWrongIsToldWithItsPlace(String yaml, String error) throws IOException {
    assertThat(command.configured(file(yaml)).run("scan", "a.img")).isEqualTo(2);
    assertThat(command.err()).contains("config.yaml:" + error);
    assertThat(command.scanned).isEmpty();
  }

  @Test
  void aWrongValueSaysWhereItStands() throws IOException {
    assertThat(command.configured(file("\nscan: {depth: deepest}")).run("scan", "a.img"))
        .isEqualTo(2);
    assertThat(command.err())
        .contains("expected one of quick, full, forensic but was 'deepest'")
        .containsPattern("the value is that of .*config.yaml:2");
    CommandRun other = new CommandRun().configured(Map.of("AMIVET_DEPTH", "quick"));
    assertThat(other.run("scan", "a.img", "--depth", "deepest")).isEqualTo(2);
    assertThat(other.err()).doesNotContain("the value is that of");
  }

  @Test
  void secretsAreNeverShownByAVariable() {
    command.configured(Map.of("AMIVET_SHOW_SECRETS", "true", "AMIVET_HELP", "true"));
    assertThat(command.run("scan", "a.img")).isZero();
    assertThat(command.scanned).hasSize(1);
  }

  @Test
  void aFileThatIsNamedHasToBeThereAndHelpComesAnyway() {
    command.configured(Map.of("AMIVET_CONFIG", temp.resolve("none.yaml").toString()));
    assertThat(command.run("scan", "a.img")).isEqualTo(2);
    assertThat(command.err()).contains("cannot read the configuration");
    assertThat(command.run("scan", "--help")).isZero();
  }

  @Test
  void theUsualPlaceIsThatOfTheDesktop() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("xdg/amivet"));
    Files.writeString(folder.resolve("config.yaml"), "scan: {profile: vet}");
    command.configured(Map.of("XDG_CONFIG_HOME", temp.resolve("xdg").toString()));
    command.run("scan", "a.img");
    assertThat(command.scanned.getFirst().profile()).isEqualTo(Profile.VET);
  }

  @Test
  void theExampleOfThePageIsAConfiguration() throws IOException {
    Matcher block =
        Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs/configuration.md")));
    assertThat(block.find()).isTrue();
    command.configured(file(block.group(1))).run("scan", "a.img");
    assertThat(command.err()).isEmpty();
    assertThat(command.scanned.getFirst().profile()).isEqualTo(Profile.GATE);
  }
}
