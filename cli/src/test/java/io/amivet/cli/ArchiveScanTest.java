package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login in a rotated log in a tarball in a zip file, through the whole program. */
class ArchiveScanTest {
  private static final String TOKEN = "glpat-Xk29sLq0Zr7Tm4Wb1Yc8";

  @TempDir Path tree;

  @BeforeEach
  void plant() throws IOException {
    Path log = Files.createDirectories(tree.resolve("var/log"));
    byte[] rotated = gzip(("user logged in with " + TOKEN + "\n").getBytes(StandardCharsets.UTF_8));
    Files.write(log.resolve("app.log.2.gz"), rotated);
    Path backups = Files.createDirectories(tree.resolve("srv/backups"));
    try (OutputStream out = Files.newOutputStream(backups.resolve("all.zip"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("monday.tgz"));
      zip.write(gzip(tar("var/log/app.log.3.gz", rotated)));
      zip.closeEntry();
    }
    Path manuals = Files.createDirectories(tree.resolve("usr/share/doc/app"));
    Files.write(manuals.resolve("app.log.gz"), rotated);
  }

  @Test
  void whatLiesInArchivesIsFoundAndNamed() throws IOException {
    WholeRun run = WholeRun.scan(tree.toString());

    List<String> places = new ArrayList<>();
    for (JsonNode finding : new ObjectMapper().readTree(run.out()).path("findings")) {
      assertThat(finding.path("origin").asText()).isEqualTo("archive-member");
      places.add(finding.path("path").asText() + "!" + finding.path("member").asText());
    }
    assertThat(places)
        .containsExactlyInAnyOrder(
            "/var/log/app.log.2.gz!app.log.2",
            "/srv/backups/all.zip!monday.tgz!var/log/app.log.3.gz!app.log.3");
    assertThat(run.out() + run.err()).doesNotContain(TOKEN);
    assertThat(run.code()).isEqualTo(ExitCode.FINDINGS.value());
  }

  @Test
  void theDepthCanBeLimited() {
    assertThat(WholeRun.scan("--archive-depth", "1", tree.toString()).out())
        .contains("app.log.2")
        .doesNotContain("monday.tgz!var")
        .contains("nested too deep");
    assertThat(WholeRun.scan("--archive-depth", "0", tree.toString()).code())
        .isEqualTo(ExitCode.COMPLETE.value());
    assertThat(WholeRun.scan("--archive-depth", "17", tree.toString()).code())
        .isEqualTo(ExitCode.USAGE.value());
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] tar(String name, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(bytes.length);
      tar.putArchiveEntry(entry);
      tar.write(bytes);
      tar.closeArchiveEntry();
    }
    return out.toByteArray();
  }
}
