package io.amivet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.PackageIndex.Owned;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackageIndexTest {
  /** Lines as dpkg 1.21 keeps them of Debian's package hostname. */
  private static final String HOSTNAME =
      """
      %s  bin/hostname
      %s  usr/share/doc/hostname/changelog.gz
      """;

  private static final String FIRST = "c7ac7a5d3c6d1c3f8c1dbd7c35b1a5f0";
  private static final String SECOND = "0123456789abcdef0123456789abcdef";

  /** A paragraph as apk-tools 2.14 writes it: the digest is the SHA-1 of nothing. */
  private static final String APK =
      """
      C:Q1qKcZ+j23xssAXmgQhkOO8dHnbWw=
      P:alpine-baselayout
      V:3.6.5-r0
      A:x86_64
      F:dev
      F:etc
      R:motd
      a:0:0:640
      Z:Q12jmj7l5rSw0yVb/vlWAYkK/YBwk=
      R:shells
      Z:Q1broken
      F:
      R:top
      Z:Q12jmj7l5rSw0yVb/vlWAYkK/YBwk=

      P:musl
      F:lib
      R:ld-musl-x86_64.so.1
      Z:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
      """;

  @Test
  void readsWhatDpkgKeeps() {
    MapImageView image =
        image(
            Map.of(
                "/var/lib/dpkg/info/hostname:amd64.md5sums",
                HOSTNAME.replaceFirst("%s", FIRST).replaceFirst("%s", SECOND)
                    + "not a digest at all, whatever it is\n\n"));
    PackageIndex index = PackageIndex.of(image);
    assertThat(index.size()).isEqualTo(2);
    assertOwner(index, "/bin/hostname", "hostname", "MD5", FIRST);
    assertThat(index.owner("/usr/bin/hostname")).as("another file").isEmpty();
    PackageIndex merged = PackageIndex.of(image.withLinks(Set.of("/bin")));
    assertOwner(merged, "/usr/bin/hostname", "hostname", "MD5", FIRST);
    assertOwner(index, "/usr/share/doc/hostname/changelog.gz", "hostname", "MD5", SECOND);
    assertThat(index.owner("/usr/share/doc/hostname")).isEmpty();
  }

  @Test
  void readsImagesWithoutDpkgItself() {
    PackageIndex index =
        PackageIndex.of(
            image(Map.of("/var/lib/dpkg/status.d/base.md5sums", FIRST + "  usr/lib/os-release\n")));

    assertOwner(index, "/usr/lib/os-release", "base", "MD5", FIRST);
  }

  @Test
  void readsWhatApkKeeps() {
    PackageIndex index = PackageIndex.of(image(Map.of("/lib/apk/db/installed", APK)));

    String sha1OfNothing = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    assertOwner(index, "/etc/motd", "alpine-baselayout", "SHA-1", sha1OfNothing);
    assertOwner(index, "/top", "alpine-baselayout", "SHA-1", sha1OfNothing);
    assertOwner(index, "/lib/ld-musl-x86_64.so.1", "musl", "SHA-1", "00".repeat(20));
    assertThat(index.owner("/etc/shells")).isEmpty();
  }

  @Test
  void knowsNothingWithoutADatabase() {
    assertThat(PackageIndex.of(ImageView.empty()).owner("/bin/sh")).isEmpty();
  }

  @Test
  void damagedDatabasesAreReadAsFarAsTheyGo() {
    Random random = new Random(2);
    byte[] whole = APK.getBytes(StandardCharsets.ISO_8859_1);
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 5; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      String text = new String(damaged, StandardCharsets.ISO_8859_1);
      PackageIndex index =
          PackageIndex.of(
              image(Map.of("/lib/apk/db/installed", text, "/var/lib/dpkg/info/x.md5sums", text)));
      assertThat(index.size()).isLessThanOrEqualTo(4);
    }
  }

  private static void assertOwner(
      PackageIndex index, String path, String owner, String algorithm, String digest) {
    Owned owned = index.owner(path).orElseThrow();
    assertThat(owned.packageName()).isEqualTo(owner);
    assertThat(owned.algorithm()).isEqualTo(algorithm);
    assertThat(owned.digest()).isEqualTo(HexFormat.of().parseHex(digest));
  }

  private static MapImageView image(Map<String, String> texts) {
    return MapImageView.ofTexts(new HashMap<>(texts));
  }
}
