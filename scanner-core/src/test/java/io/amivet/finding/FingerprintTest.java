package io.amivet.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.fs.FsPath;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final FsPath PATH = FsPath.of("/etc/shadow");
  private static final byte[] SECRET = "not-a-real-secret".getBytes(StandardCharsets.UTF_8);

  @Test
  void agreesWithOpenssl() {
    // printf 'SSH-001\0/etc/shadow\0not-a-real-secret' |
    //   openssl dgst -sha256 -hmac 'amivet finding id, key 1' | cut -c1-32 of the digits
    assertThat(Fingerprint.withDefaultKey().of("SSH-001", PATH, SECRET))
        .isEqualTo("7680c88c6be0d2466c941c7c04b863be");
  }

  @Test
  void dependsOnEachPartAndOnTheKey() {
    Fingerprint standard = Fingerprint.withDefaultKey();
    String id = standard.of("SSH-001", PATH, SECRET);
    assertThat(id).hasSize(32).isEqualTo(Fingerprint.withDefaultKey().of("SSH-001", PATH, SECRET));
    assertThat(standard.of("SSH-002", PATH, SECRET)).isNotEqualTo(id);
    assertThat(standard.of("SSH-001", FsPath.of("/etc/shadow-"), SECRET)).isNotEqualTo(id);
    assertThat(standard.of("SSH-001", PATH, new byte[0])).isNotEqualTo(id);
    assertThat(new Fingerprint(new byte[] {1}).of("SSH-001", PATH, SECRET)).isNotEqualTo(id);
  }
}
