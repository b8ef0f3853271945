package io.amivet.artifact.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.MemoryImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and the fingerprints that ssh-keygen prints for them come from make-keys.sh. */
final class PrivateKeysParserTest {
  private final PrivateKeysParser parser = new PrivateKeysParser();

  @ParameterizedTest
  @MethodSource("keys")
  void readsWhatTheToolsWrote(String line) throws IOException {
    String[] columns = line.split("\t");

    Artifact key = only(parse("/home/dev/" + columns[0], fixture(columns[0])));

    assertThat(key.fields())
        .containsEntry("format", columns[1])
        .containsEntry("encrypted", columns[2]);
    assertThat(key.fields().getOrDefault("fingerprint", "-")).isEqualTo(columns[3]);
  }

  static Stream<String> keys() throws IOException {
    return resource("keys.tsv").lines().toList().stream();
  }

  @Test
  void keepsCommentAndKeyDerivation() throws IOException {
    Artifact plain = only(parse("/root/k", fixture("openssh_ed25519_0")));
    Artifact encrypted = only(parse("/root/k", fixture("openssh_encrypted")));

    assertThat(plain.fields()).containsEntry("comment", "throwaway openssh_ed25519_0");
    assertThat(encrypted.fields()).containsEntry("kdf", "bcrypt rounds=24 aes256-ctr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkcs1_rsa", "openssh_ed25519_0", "sec1_p256", "pkcs8_p384"})
  void readsKeysEmbeddedInText(String name) throws IOException {
    String pem = fixture(name).strip();
    String yaml = "key: |\n  " + pem.replace("\n", "\n  ") + "\nother: 1\n";
    String json = "{\"private_key\": \"" + pem.replace("\n", "\\n") + "\\n\"}";
    String java = "String k = \"" + pem.replace("\n", "\\n\" +\n    \"") + "\";";

    String expected = only(parse("/root/k", pem)).fields().get("fingerprint");
    for (String text : List.of(yaml, json, java, pem.replace("\n", "\r\n"))) {
      assertThat(only(parse("/opt/app/config", text)).fields())
          .containsEntry("fingerprint", expected);
    }
  }

  @Test
  void readsSeveralKeysOfOneFileOnceEach() throws IOException {
    String both = fixture("pkcs1_rsa") + fixture("sec1_p256") + fixture("pkcs1_rsa");

    assertThat(parse("/root/keys", both)).hasSize(2);
    assertThat(parse("/root/keys", both).getLast().line())
        .isEqualTo((int) fixture("pkcs1_rsa").lines().count() + 1);
  }

  @Test
  void publicPartsAloneAreNoFinding() throws IOException {
    assertThat(parse("/root/a.pem", fixture("pkcs8_rsa.crt"))).isEmpty();
    assertThat(parse("/root/a.pub", fixture("pkcs1_rsa.pub"))).isEmpty();
    assertThat(parse("/root/a.asc", fixture("openpgp-public.asc"))).isEmpty();
  }

  @Test
  void brokenAndPlaceholderBodiesAreNoFinding() throws IOException {
    String pem = fixture("pkcs1_rsa");
    String placeholder =
        "-----BEGIN RSA PRIVATE KEY-----\nYOUR KEY HERE\n-----END RSA PRIVATE KEY-----\n";
    String elided =
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA...\n-----END RSA PRIVATE KEY-----\n";

    assertThat(parse("/root/a", placeholder)).isEmpty();
    assertThat(parse("/root/a", elided)).isEmpty();
    assertThat(parse("/root/a", pem.substring(0, pem.length() / 2))).isEmpty();
    String[] lines = pem.split("\n");
    lines[5] = "";
    assertThat(parse("/root/a", String.join("\n", lines))).isEmpty();
  }

  @Test
  void tellsWhatAKeyIsFor() throws IOException {
    String rsa = fixture("pkcs8_rsa");
    ImageView image =
        new MemoryImage()
            .with("/srv/tls/site.crt", fixture("pkcs8_rsa.crt"))
            .with("/root/cert-A.pem", fixture("pkcs8_rsa.crt"))
            .with("/etc/ssh/sshd_config", "HostKey /opt/keys/identity\n");

    assertThat(role("/etc/ssh/ssh_host_rsa_key", rsa, image)).isEqualTo("ssh-host");
    assertThat(role("/opt/keys/identity", rsa, image)).isEqualTo("ssh-host");
    assertThat(role("/root/pk-A.pem", rsa, image)).isEqualTo("ec2-signing");
    assertThat(role("/tmp/pk-ABCDEFGHIJKLMNOPQRSTUVWXYZ234567.pem", rsa, image))
        .isEqualTo("ec2-signing");
    assertThat(role("/srv/tls/site.key", rsa, image)).isEqualTo("tls");
    assertThat(role("/etc/ssl/private/ssl-cert-snakeoil.key", rsa, image)).isEqualTo("snakeoil");
    assertThat(role("/usr/share/doc/pkg/examples/server.key", rsa, image)).isEqualTo("sample");
    assertThat(role("/home/dev/.ssh/id_rsa", rsa, image)).isEqualTo("identity");
  }

  @Test
  void reportsTheCertificateWithTheKey() throws IOException {
    Artifact key = only(parse("/opt/a.pem", fixture("pkcs8_rsa") + fixture("pkcs8_rsa.crt")));

    assertThat(key.fields())
        .containsEntry("certSubject", "CN=throwaway.example")
        .containsEntry("certSelfSigned", "yes")
        .containsKey("notAfter");
  }

  @Test
  void survivesDamage() throws IOException {
    Random random = new Random(7);
    for (String line : keys().toList()) {
      String pem = fixture(line.split("\t")[0]);
      for (int round = 0; round < 20; round++) {
        StringBuilder damaged = new StringBuilder(pem);
        damaged.setCharAt(random.nextInt(pem.length()), (char) random.nextInt(256));
        assertThat(parse("/root/k", damaged.toString())).hasSizeLessThan(2);
      }
    }
  }

  @Test
  void deeplyNestedDerIsNoStackOverflow() {
    byte[] nested = new byte[40_000];
    for (int i = 0; i + 4 <= nested.length; i += 4) {
      int length = nested.length - i - 4;
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x82;
      nested[i + 2] = (byte) (length >> 8);
      nested[i + 3] = (byte) length;
    }
    String base64 = java.util.Base64.getMimeEncoder().encodeToString(nested);
    String pem = "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";

    assertThat(parse("/root/k", pem)).isEmpty();
  }

  private String role(String path, String text, ImageView image) {
    List<Artifact> artifacts =
        parser.parse(ArtifactFile.of(path, text.getBytes(StandardCharsets.ISO_8859_1)), image);
    return only(artifacts).fields().getOrDefault("role", "");
  }

  private List<Artifact> parse(String path, String text) {
    ArtifactFile file = ArtifactFile.of(path, text.getBytes(StandardCharsets.ISO_8859_1));
    return parser.parse(file, ImageView.empty());
  }

  private static Artifact only(List<Artifact> artifacts) {
    assertThat(artifacts).hasSize(1);
    return artifacts.getFirst();
  }

  private static String fixture(String name) throws IOException {
    return resource("keys/" + name);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PrivateKeysParserTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
