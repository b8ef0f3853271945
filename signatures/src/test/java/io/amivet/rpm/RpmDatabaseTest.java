package io.amivet.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.MapImageView;
import io.amivet.artifact.PackageIndex;
import io.amivet.artifact.PackageIndex.Owned;
import io.amivet.file.FileBytes;
import io.amivet.rpm.RpmHeader.PackagedFile;
import io.amivet.sqlite.SqliteDatabase;
import io.amivet.sqlite.Table;
import io.amivet.sqlite.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that {@code testdata/make/make-rpmdb.sh} made, against what rpm says of them. */
class RpmDatabaseTest {

  private static byte[] unpacked(String name) throws IOException {
    try (InputStream in = RpmDatabaseTest.class.getResourceAsStream(name + ".gz")) {
      assertThat(in).as(name).isNotNull();
      return new GZIPInputStream(in).readAllBytes();
    }
  }

  private static void read(String name, FileBytes file, HeaderSink sink) throws IOException {
    switch (name) {
      case "Packages" -> BerkeleyDatabase.read(file, sink);
      case "Packages.db" -> NdbDatabase.read(file, sink);
      default -> {
        SqliteDatabase database = SqliteDatabase.open(file, FileBytes.of(new byte[0]));
        for (Table table : database.tables()) {
          if (table.name().equals("Packages")) {
            database.rows(table, (_, values) -> sink.accept(((Value.Blob) values.get(1)).value()));
          }
        }
      }
    }
  }

  /** Lines as {@code rpm -qa --qf} printed them: name, path, digest, letters of flags. */
  private static List<String> listed() throws IOException {
    try (InputStream in = RpmDatabaseTest.class.getResourceAsStream("files.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rpmdb.sqlite", "Packages.db", "Packages"})
  void holdsTheFilesThatRpmLists(String name) throws IOException {
    List<String> lines = new ArrayList<>();
    read(
        name,
        FileBytes.of(unpacked(name)),
        blob -> {
          RpmHeader header = RpmHeader.parse(blob);
          assertThat(header.algorithm())
              .isEqualTo(header.name().equals("oldstyle") ? "MD5" : "SHA-256");
          for (PackagedFile file : header.files()) {
            String digest = HexFormat.of().formatHex(file.digest());
            String flags = flags(file.flags());
            lines.add(String.join("\t", header.name(), file.path(), digest, flags));
          }
        });
    assertThat(lines).containsExactlyInAnyOrderElementsOf(listed());
  }

  /** Config, ghost and noreplace, as rpm shows them. */
  private static String flags(int flags) {
    return ((flags & 1) != 0 ? "c" : "")
        + ((flags & 1 << 4) != 0 ? "n" : "")
        + ((flags & 1 << 6) != 0 ? "g" : "");
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/lib/sysimage/rpm/rpmdb.sqlite,rpmdb.sqlite",
    "/var/lib/rpm/rpmdb.sqlite,rpmdb.sqlite",
    "/usr/lib/sysimage/rpm/Packages.db,Packages.db",
    "/var/lib/rpm/Packages,Packages"
  })
  void namesTheOwnersOfFiles(String path, String name) throws IOException {
    PackageIndex index = PackageIndex.of(image(Map.of(path, unpacked(name))));
    assertThat(index.problems()).isEmpty();
    // 405 files of three packages with contents that nobody may change, and three programs.
    assertThat(index.size()).isEqualTo(408);
    Owned tool = index.owner("/usr/bin/small").orElseThrow();
    assertThat(tool.packageName()).isEqualTo("small");
    assertThat(tool.algorithm()).isEqualTo("SHA-256");
    assertThat(tool.digest()).hasSize(32);
    Owned old = index.owner("/usr/bin/oldstyle").orElseThrow();
    assertThat(old.algorithm()).isEqualTo("MD5");
    assertThat(old.digest()).hasSize(16);
    assertThat(index.owner("/etc/small/config")).as("a configuration file").isEmpty();
    assertThat(index.owner("/var/log/small.log")).as("not in the package").isEmpty();
    assertThat(index.owner("/usr/bin/small-link")).as("a link").isEmpty();
  }

  @Test
  void saysWhatItCouldNotRead() {
    byte[] noise =
        "this is not a database, whatever its name may say; it is text"
            .getBytes(StandardCharsets.UTF_8);
    PackageIndex index =
        PackageIndex.of(
            image(Map.of("/var/lib/rpm/Packages", noise, "/var/lib/rpm/rpmdb.sqlite", noise)));
    assertThat(index.size()).isZero();
    assertThat(index.problems()).hasSize(2).allMatch(each -> each.startsWith("/var/lib/rpm/"));
  }

  /** Whatever is damaged, reading ends, with a sentence or with what can be read. */
  @ParameterizedTest
  @ValueSource(strings = {"rpmdb.sqlite", "Packages.db", "Packages"})
  void survivesDamage(String name) throws IOException {
    byte[] whole = unpacked(name);
    Random random = new Random(name.hashCode());
    int failed = 0;
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + round % 20; i++) {
        // Half of it where the structure is.
        int at = random.nextInt(round % 2 == 0 ? Math.min(8192, whole.length) : whole.length);
        damaged[at] = (byte) random.nextInt();
      }
      if (round % 10 == 0) {
        damaged = java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
      }
      try {
        read(name, FileBytes.of(damaged), RpmHeader::parse);
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("null");
        failed++;
      }
    }
    assertThat(failed).isBetween(20, 300);
  }

  @Test
  void aHeaderThatContradictsItselfIsRefused() {
    assertThatThrownBy(() -> RpmHeader.parse(new byte[7])).isInstanceOf(RpmException.class);
    byte[] many = new byte[64];
    many[0] = 0x7f;
    assertThatThrownBy(() -> RpmHeader.parse(many)).isInstanceOf(RpmException.class);
  }

  private static ImageView image(Map<String, byte[]> files) {
    return MapImageView.of(
        files.entrySet().stream()
            .map(file -> ArtifactFile.of(file.getKey(), file.getValue()))
            .toList());
  }
}
