package io.amivet.artifact.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores made by keytool and openssl: {@code make-keystores.sh}. */
final class KeystoreParserTest {
  private static final List<String> ALL =
      List.of(
          "key-changeit.jks",
          "key-changeme.jceks",
          "secret-changeit.jceks",
          "key-changeit.keytool.p12",
          "secret-changeit.p12",
          "key-password.legacy.p12",
          "trust-changeit.openssl.p12");

  private final KeystoreParser parser = new KeystoreParser();

  @ParameterizedTest
  @CsvSource({
    "key-changeit.jks, jks, 1, , default",
    "key-other.jks, jks, 1, , other",
    "key-changeme.jceks, jceks, 1, , default",
    "secret-changeit.jceks, jceks, , 1, default",
    "key-changeit.keytool.p12, pkcs12, 1, , default",
    "key-other.keytool.p12, pkcs12, 1, , other",
    "secret-changeit.p12, pkcs12, , 1, default",
    "key-empty.openssl.p12, pkcs12, 1, , empty",
    "key-secret.openssl.p12, pkcs12, 1, , default",
    "key-password.legacy.p12, pkcs12, 1, , default",
    "key-clear.openssl.p12, pkcs12, 1, , none",
    "key-slow.openssl.p12, pkcs12, 1, , untried",
    "key-nomac.openssl.p12, pkcs12, 1, , untried",
  })
  void keysAreCountedAndCustomaryPasswordsTried(
      String name, String format, String privateKeys, String secretKeys, String password)
      throws IOException {
    List<Artifact> found = parse(fixture(name));

    assertThat(found).singleElement().returns("keystore", Artifact::kind);
    assertThat(found.getFirst().fields())
        .containsEntry("format", format)
        .containsEntry("password", password);
    assertThat(found.getFirst().fields().get("privateKeys")).isEqualTo(privateKeys);
    assertThat(found.getFirst().fields().get("secretKeys")).isEqualTo(secretKeys);
    assertThat(found.getFirst().secrets()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trust-changeit.jks",
        "trust-changeit.jceks",
        "trust-changeit.pkcs12",
        "trust-changeit.openssl.p12"
      })
  void certificatesAloneAreNoKeystore(String name) throws IOException {
    assertThat(parse(fixture(name)))
        .singleElement()
        .returns("trust-store", Artifact::kind)
        .returns(List.of(), Artifact::secrets);
  }

  @Test
  void thePasswordIsNotShown() throws IOException {
    Artifact found = parse(fixture("key-changeit.jks")).getFirst();

    assertThat(found.evidence().revealed() + found.fields()).doesNotContain("changeit");
  }

  @Test
  void aStoreOfBouncyCastleIsRecognised() {
    byte[] bks = new byte[200];
    bks[3] = 2;
    bks[7] = 20;
    bks[30] = 4;
    bks[32] = 1;

    assertThat(parse(bks)).singleElement().returns("unread-keystore", Artifact::kind);
  }

  @Test
  void otherFilesAreNone() throws IOException {
    assertThat(parse(new byte[0])).isEmpty();
    assertThat(
            parse(
                "0123456789abcdef0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
        .isEmpty();
    // A Java class file differs from JKS in its first bytes.
    assertThat(parse(new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 65}))
        .isEmpty();
    byte[] cut = fixture("key-changeit.keytool.p12");
    assertThat(parse(Arrays.copyOf(cut, cut.length / 2))).isEmpty();
  }

  @Test
  void anAbsurdNumberOfIterationsIsNotTried() throws IOException {
    byte[] store = fixture("key-slow.openssl.p12");
    // The iterations are the last integer: 02 03 0f 42 40.
    store[store.length - 3] = 0x7f;

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> assertThat(parse(store).getFirst().fields()).containsEntry("password", "untried"));
  }

  @Test
  void whateverIsDamagedEndsInAnAnswer() throws IOException {
    Random random = new Random(5);
    for (String name : ALL) {
      byte[] sound = fixture(name);
      for (int round = 0; round < 40; round++) {
        byte[] damaged =
            Arrays.copyOf(
                sound, random.nextInt(4) == 0 ? random.nextInt(sound.length) : sound.length);
        for (int i = 0; i <= random.nextInt(4) && damaged.length > 0; i++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> assertThat(parse(damaged)).hasSizeLessThan(2),
            "round " + round + " of " + name);
      }
    }
  }

  private List<Artifact> parse(byte[] bytes) {
    return parser.parse(ArtifactFile.of("/opt/app/store", bytes), ImageView.empty());
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = KeystoreParserTest.class.getResourceAsStream("keystores/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }
}
