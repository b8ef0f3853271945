package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine on which docker, containerd and podman ran, and archives of one of their images,
 * through the whole program. Made by {@code testdata/make/make-layers.sh}.
 */
class LayerScanTest {
  @TempDir Path folder;

  private List<JsonNode> scan(Path target) throws IOException {
    WholeRun run = WholeRun.scan(target.toString());
    List<JsonNode> findings = new ArrayList<>();
    new ObjectMapper().readTree(run.out()).path("findings").forEach(findings::add);
    return findings;
  }

  private static String text(JsonNode finding, String field) {
    return finding.path("fields").path(field).asText();
  }

  private static List<String> described(List<JsonNode> findings, String pathPrefix) {
    return findings.stream()
        .filter(finding -> finding.path("path").asText().startsWith(pathPrefix))
        .filter(finding -> !text(finding, "mountedAs").isEmpty())
        .map(finding ->
            String.join(
                " ",
                finding.path("rule").asText(),
                text(finding, "mountedAs"),
                text(finding, "image"),
                text(finding, "container") + text(finding, "containerVolume")))
        .map(String::strip)
        .sorted()
        .toList();
  }

  @Test
  void eachLayerIsARootAndIsNamed() throws IOException {
    List<JsonNode> findings = scan(TestImages.unpack("layers", folder));

    assertThat(described(findings, "/var/lib/docker/"))
        .containsExactly(
            "APP-002 /opt/app/.env amivet/app:2, amivet/base:1",
            "CLD-001 /root/.aws/credentials amivet/app:2, amivet/base:1",
            "HIST-001 /root/.bash_history amivet/app:2",
            "HIST-050 /root/.bash_history amivet/app:2",
            "PKG-001 /.npmrc  shared",
            "VCS-001 /home/al/.git-credentials amivet/app:2 worker",
            "VCS-006 /opt/app/.netrc amivet/app:2");
    List<String> shared =
        List.of(
            "APP-002 /opt/app/.env docker.io/amivet/app:2",
            "CLD-001 /root/.aws/credentials docker.io/amivet/app:2",
            "HIST-001 /root/.bash_history docker.io/amivet/app:2",
            "HIST-050 /root/.bash_history docker.io/amivet/app:2",
            "VCS-006 /opt/app/.netrc docker.io/amivet/app:2");
    assertThat(described(findings, "/var/lib/containers/"))
        .containsAll(shared)
        .contains("DB-005 /home/al/.pgpass docker.io/amivet/app:2 shell")
        .hasSize(6);
    assertThat(described(findings, "/home/bo/.local/share/containers/"))
        .containsExactlyElementsOf(shared);
  }

  @Test
  void aLayerThatIsKeptTwiceIsToldOfOnce() throws IOException {
    List<JsonNode> findings = scan(TestImages.unpack("layers", folder));

    List<JsonNode> inContainerd =
        findings.stream()
            .filter(finding -> finding.path("path").asText().startsWith("/var/lib/containerd/"))
            .filter(finding -> !finding.path("rule").asText().equals("APP-150"))
            .toList();
    assertThat(inContainerd)
        .hasSize(5)
        .allSatisfy(finding -> {
          assertThat(finding.path("path").asText()).contains("/snapshots/");
          assertThat(text(finding, "alsoIn")).contains("/blobs/sha256/");
          assertThat(text(finding, "image")).isEqualTo("amivet/app:2");
        });
  }

  @Test
  void whatContainersAreStartedWithIsSearched() throws IOException {
    List<JsonNode> findings = scan(TestImages.unpack("layers", folder));

    assertThat(findings)
        .filteredOn(finding -> finding.path("path").asText().endsWith("/config.v2.json"))
        .filteredOn(finding -> finding.path("rule").asText().equals("APP-150"))
        .extracting(finding -> text(finding, "key"))
        .containsExactlyInAnyOrder("AWS_SECRET_ACCESS_KEY", "DB_PASSWORD", "GITLAB_TOKEN");
  }

  @Test
  void rulesAboutTheMachineAreAskedOfTheMachineAlone() throws IOException {
    List<JsonNode> findings = scan(TestImages.unpack("layers", folder));

    assertThat(findings)
        .filteredOn(finding -> finding.path("path").asText().endsWith("/sshd_config"))
        .isNotEmpty()
        .allSatisfy(
            finding -> assertThat(finding.path("path").asText()).isEqualTo("/etc/ssh/sshd_config"));
    assertThat(findings)
        .extracting(finding -> finding.path("evidence").asText())
        .noneMatch(evidence -> evidence.startsWith("char"));
  }

  @Test
  void savedImagesAreSearchedLayerByLayer() throws IOException {
    for (String name : List.of("layers-saved", "layers-oci")) {
      try (InputStream in = TestImages.resource("images/" + name + ".tar.gz")) {
        Files.copy(in, folder.resolve(name + ".tar.gz"));
      }
    }

    List<JsonNode> findings = scan(folder);

    for (String name : List.of("layers-saved", "layers-oci")) {
      assertThat(findings)
          .filteredOn(finding -> finding.path("path").asText().contains(name))
          .extracting(finding ->
              finding.path("rule").asText()
                  + " "
                  + finding.path("member").asText().replaceAll("[0-9a-f]{64}", "ID"))
          .contains(name.endsWith("oci") ? "APP-150 blobs/sha256/ID" : "APP-150 ID.json")
          .anyMatch(found -> found.matches("CLD-001 .*ID.*!root/.aws/credentials"))
          .anyMatch(found -> found.matches("HIST-050 .*ID.*!root/.bash_history"))
          .anyMatch(found -> found.matches("VCS-006 .*ID.*!opt/app/.netrc"))
          .noneMatch(found -> found.contains("sshd_config"));
    }
  }
}
