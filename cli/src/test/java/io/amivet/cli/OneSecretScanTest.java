package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One secret in one file is one finding, through the whole program. */
class OneSecretScanTest {
  private static final String TOKEN = "glpat-Xk29sLq0Zr7Tm4Wb1Yc8";

  @TempDir Path tree;

  private List<JsonNode> scan(String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of(options));
    args.add(tree.toString());
    WholeRun run = WholeRun.scan(args.toArray(String[]::new));
    List<JsonNode> findings = new ArrayList<>();
    new ObjectMapper().readTree(run.out()).path("findings").forEach(findings::add);
    return findings;
  }

  private Path write(String name, String text) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text, StandardCharsets.ISO_8859_1);
  }

  @Test
  void allPlacesAreNamed() throws IOException {
    write("srv/run.log", "a " + TOKEN + "\nb\nc " + TOKEN + "\n" + TOKEN + "\n");

    List<JsonNode> findings = scan();

    assertThat(findings).hasSize(1);
    JsonNode places = findings.getFirst().path("places");
    assertThat(places.findValuesAsText("line")).containsExactly("1", "3", "4");
    assertThat(places.findValuesAsText("offset")).containsExactly("2", "33", "60");
    assertThat(findings.getFirst().path("fields").path("occurrences").asText()).isEqualTo("3");
    WholeRun table = WholeRun.of("scan", "--quiet", "-o", "table", tree.toString());
    assertThat(table.out()).contains("/srv/run.log:1").contains("also lines 3, 4");
    WholeRun html = WholeRun.of("scan", "--quiet", "-o", "html", tree.toString());
    assertThat(html.out()).contains("also lines 3, 4").doesNotContain(TOKEN);
  }

  @Test
  void placesAreCappedAndCounted() throws IOException {
    write("srv/run.log", (TOKEN + "\n").repeat(500));

    JsonNode finding = scan().getFirst();

    assertThat(finding.path("places")).hasSize(21);
    assertThat(finding.path("fields").path("occurrences").asText()).isEqualTo("500");
  }

  @Test
  void theRuleThatKnowsMostWinsAndNamesTheOthers() throws IOException {
    write("srv/settings.ini", "api_token = \"" + TOKEN + "\"\n");

    List<JsonNode> findings = scan();

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().path("category").asText()).isNotEqualTo("gen");
    assertThat(findings.getFirst().path("alsoMatched").toString()).contains("GEN-001");
  }

  @Test
  void aParserThatUnderstoodASecretNamesTheTokenRule() throws IOException {
    write("srv/.env", "GITLAB_TOKEN=" + TOKEN + "\n");

    List<JsonNode> findings = scan();

    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().path("rule").asText()).isEqualTo("APP-002");
    assertThat(findings.getFirst().path("alsoMatched")).isNotEmpty();
  }

  @Test
  void aPublishedTestKeyIsNoSecretUnlessAHostIsKnownByIt() throws IOException {
    String published;
    try (InputStream in = OneSecretScanTest.class.getResourceAsStream("published-key.pem")) {
      assertThat(in).isNotNull();
      published = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
    write("home/al/.ssh/id_rsa", published);
    write("srv/deploy.sh", "cat <<END\n" + published + "END\n");
    write("etc/ssh/ssh_host_rsa_key", published);

    List<JsonNode> findings = scan();

    assertThat(findings)
        .filteredOn(finding -> finding.path("rule").asText().equals("SSH-008"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.path("severity").asText()).isNotEqualTo("info");
          assertThat(finding.path("fields").path("testKey").asText()).startsWith("openssl ");
        });
    assertThat(findings)
        .filteredOn(
            finding -> List.of("SSH-011", "SSH-053").contains(finding.path("rule").asText()))
        .hasSize(2)
        .allSatisfy(finding -> {
          assertThat(finding.path("severity").asText()).isEqualTo("info");
          assertThat(finding.path("fields").path("testKey").asText()).startsWith("openssl ");
        });
  }
}
