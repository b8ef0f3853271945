package io.amivet.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives made by the real tools: {@code testdata/make/make-archives.sh}. */
class RealArchivesTest {

  private static byte[] archive(String name) throws IOException {
    try (InputStream in = RealArchivesTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gnu.tar.gz",
        "pax.tar.gz",
        "ustar.tar.gz",
        "v7.tar.gz",
        "odc.cpio.bz2",
        "newc.cpio.xz",
        "newc.cpio.zst",
        "newc.cpio.lz4",
        "files.zip",
        "files.7z",
        "files.rpm"
      })
  void eachFormatGivesTheSameFiles(String name) throws IOException {
    RecordingSink found = RecordingSink.search(archive(name), name);

    assertThat(found.skips).isEmpty();
    assertThat(found.files)
        .containsOnlyKeys(
            "home/al/.aws/credentials", "var/log/app.log.3.gz!app.log.3", "settings.txt")
        .containsEntry("settings.txt", "name = plain\n")
        .containsEntry("var/log/app.log.3.gz!app.log.3", "token glpat-Xk29sLq0Zr7Tm4Wb1Yc8\n");
    assertThat(found.files.get("home/al/.aws/credentials"))
        .startsWith("[default]\naws_access_key_id");
  }

  @Test
  void aDebianPackageGivesItsControlFilesAndItsFiles() throws IOException {
    RecordingSink found = RecordingSink.search(archive("files.deb"), "files.deb");

    assertThat(found.skips).isEmpty();
    assertThat(found.files)
        .containsKeys(
            "debian-binary",
            "control.tar.xz!control",
            "data.tar.xz!home/al/.aws/credentials",
            "data.tar.xz!var/log/app.log.3.gz!app.log.3");
  }

  @Test
  void archivesInArchivesAreLookedInto() throws IOException {
    RecordingSink found = RecordingSink.search(archive("nested.zip"), "nested.zip");

    assertThat(found.skips).isEmpty();
    assertThat(found.files)
        .containsKeys(
            "files.a!gnu.tar.gz!home/al/.aws/credentials",
            "newc.cpio.xz!var/log/app.log.3.gz!app.log.3");
  }

  @Test
  void whatIsEncryptedIsSaid() throws IOException {
    assertThat(RecordingSink.search(archive("locked.zip"), "locked.zip").skips)
        .contains("settings.txt: encrypted", "home/al/.aws/credentials: encrypted");
    assertThat(RecordingSink.search(archive("locked.7z"), "locked.7z").skips)
        .containsExactly(": encrypted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gnu.tar.gz",
        "pax.tar.gz",
        "odc.cpio.bz2",
        "newc.cpio.xz",
        "newc.cpio.zst",
        "newc.cpio.lz4",
        "files.zip",
        "files.7z",
        "files.rpm",
        "files.deb",
        "nested.zip"
      })
  void whateverIsDamagedEndsInAReport(String name) throws IOException {
    byte[] sound = archive(name);
    Random random = new Random(name.hashCode());
    for (int round = 0; round < 150; round++) {
      byte[] damaged = sound.clone();
      int changes = 1 + random.nextInt(6);
      for (int i = 0; i < changes; i++) {
        int at = random.nextInt(damaged.length);
        damaged[at] =
            switch (random.nextInt(3)) {
              case 0 -> (byte) (damaged[at] ^ (1 << random.nextInt(8)));
              case 1 -> (byte) 0xff;
              default -> (byte) random.nextInt(256);
            };
      }
      assertThatCode(() ->
              org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                  Duration.ofSeconds(20), () -> RecordingSink.search(damaged, name)))
          .as("round %d of %s", round, name)
          .doesNotThrowAnyException();
    }
  }
}
