package io.amivet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretChecksTest {

  /** The token that GitHub's own article and its readers use to explain the checksum. */
  @Test
  void computesTheChecksumOfGitHub() {
    assertThat(check("github-crc32", "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")).isTrue();
    assertThat(check("github-crc32", "ghp_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18")).isFalse();
    assertThat(check("github-crc32", "ghp_")).isFalse();
  }

  /** Calculated and published for this id by others. */
  @Test
  void decodesTheAccountOfAnAccessKeyId() {
    assertThat(AwsAccessKeyId.account("ASIAY34FZKBOKMUTVV7A")).contains("609629065308");
    assertThat(AwsAccessKeyId.account("AKIAIOSFODNN7EXAMPLE")).isEqualTo(Optional.empty());
    assertThat(AwsAccessKeyId.isKeyId("AKIA0189000000000000")).isFalse();
  }

  @Test
  void acceptsWholePrivateKeysOnly() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);

    assertThat(check("private-key-pem", pem(body))).isTrue();
    assertThat(check("private-key-pem", pem(body).replace("\n", "\\n"))).isTrue();
    assertThat(check("encrypted-private-key-pem", pem(body))).isFalse();
    assertThat(check("private-key-pem", pem(body.substring(0, 400)))).isFalse();
    assertThat(check("private-key-pem", pem("A".repeat(400)))).isFalse();
    assertThat(check("private-key-pem", "-----BEGIN PRIVATE KEY-----\n...\n")).isFalse();
  }

  @Test
  void readsTheClaimsOfATokenBeforeItBelieves() {
    assertThat(check("jwt", jwt("{\"alg\":\"HS256\"}", "{\"sub\":\"scan\"}"))).isTrue();
    assertThat(check("jwt", jwt("{\"alg\":\"none\"}", "{\"sub\":\"scan\"}"))).isFalse();
    assertThat(check("jwt", jwt("{\"alg\":\"HS256\"}", "not json"))).isFalse();
    assertThat(check("jwt", jwt("{\"alg\":\"HS256\"}", "{\"sub\":\"1234567890\"}"))).isFalse();
    assertThat(check("jwt", "a.b.c")).isFalse();
  }

  @Test
  void refusesTheUrisOfManuals() {
    assertThat(check("uri-password", "postgres://app:q8Zr1LmW@db.amivet.dev/app")).isTrue();
    assertThat(check("uri-password", "postgres://app:q8Zr1LmW@db.example.com/app")).isFalse();
    assertThat(check("uri-password", "postgres://user:password@db.amivet.dev/app")).isFalse();
    assertThat(check("uri-password", "postgres://app:${PW}@db.amivet.dev/app")).isFalse();
  }

  private static boolean check(String name, String secret) {
    return SecretChecks.named(name).test(secret);
  }

  private static String pem(String body) {
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  private static String jwt(String header, String claims) {
    return base64(header) + "." + base64(claims) + ".c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
