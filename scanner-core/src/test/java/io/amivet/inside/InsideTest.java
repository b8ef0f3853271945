package io.amivet.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.block.MemoryDevice;
import io.amivet.inside.registry.Formats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class InsideTest {

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

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aCompressedArchiveIsOneLevelOfThePathAndACompressedLogTwo() throws IOException {
    byte[] inner = tar("./var/log/auth.log.3.gz", gzip(text("line")));
    RecordingSink found = RecordingSink.search(gzip(tar("in.tgz", gzip(inner))), "out.tgz");
    assertThat(found.files)
        .containsExactly(java.util.Map.entry("in.tgz!var/log/auth.log.3.gz!auth.log.3", "line"));
    assertThat(found.archives).containsExactly("", "in.tgz");
    assertThat(found.facts.values()).singleElement().returns("var/log/auth.log.3", Member::name);
    assertThat(found.skips).isEmpty();
  }

  @Test
  void namesThatLeaveTheArchiveStayInIt() throws IOException {
    RecordingSink found = RecordingSink.search(tar("../../etc//./passwd", text("x")), "a.tar");
    assertThat(found.files).containsOnlyKeys("etc/passwd");
  }

  @Test
  void whatCannotBeLookedIntoIsSearchedAsItIsAndReported() throws IOException {
    byte[] broken = Arrays.copyOf(text("\u001f\u008b\u0008 no gzip, but token"), 2000);
    RecordingSink found = RecordingSink.search(tar("a.gz", broken), "a.tar");
    assertThat(found.files.get("a.gz")).contains("but token");
    assertThat(found.skips)
        .containsExactly("a.gz: the gzip in it was not read in full: it is damaged");
  }

  @Test
  void aTruncatedStreamGivesWhatIsThereAndIsReported() throws IOException {
    byte[] whole = gzip(tar("a", text("word ".repeat(150))));
    RecordingSink found = RecordingSink.search(Arrays.copyOf(whole, whole.length - 12), "a.tgz");
    assertThat(found.files.get("a")).startsWith("word");
    assertThat(found.skips).isNotEmpty().allMatch(skip -> skip.contains("ends early"));
  }

  @Test
  void depthIsLimitedAndSaid() throws IOException {
    byte[] bytes = text("deep");
    for (int i = 0; i < 12; i++) {
      bytes = gzip(bytes);
    }
    RecordingSink found = RecordingSink.search(bytes, "a");
    assertThat(found.skips).containsExactly(": the gzip in it was not searched: nested too deep");
    assertThat(found.files).hasSize(1);
  }

  @Test
  void aBombEndsWithAReport() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        gzip.write(zeros);
      }
    }
    RecordingSink found = RecordingSink.search(out.toByteArray(), "zeros.gz");
    assertThat(found.skips)
        .containsExactly(
            ": not searched any further: more than 250 times its size comes out of it");
    assertThat(found.bytes).isBetween(64L << 20, 128L << 20);
  }

  @Test
  void membersAreLimitedInAllLevelsTogether() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (int i = 0; i < 20; i++) {
        TarArchiveEntry entry = new TarArchiveEntry("f" + i);
        entry.setSize(1);
        tar.putArchiveEntry(entry);
        tar.write('x');
        tar.closeArchiveEntry();
      }
    }
    InsideLimits few = new InsideLimits(8, 10, 1 << 20, 1 << 20, 100, 1 << 20, 1 << 20);
    RecordingSink found = RecordingSink.search(out.toByteArray(), "many.tar", few);
    assertThat(found.files).hasSize(10);
    assertThat(found.skips).containsExactly(": not searched any further: more than 10 members");
  }

  @Test
  void aFailureOfTheSinkIsNotTakenForDamage() throws IOException {
    byte[] archive = gzip(tar("a", text("x")));
    RecordingSink failing =
        new RecordingSink() {
          @Override
          public void file(MemberPath path, Member member, InputStream contents) {
            throw new IllegalStateException("a bug");
          }
        };
    Inside inside = new Inside(Formats.all(), InsideLimits.STANDARD);
    MemoryDevice device = new MemoryDevice("a", archive);
    assertThatThrownBy(() -> inside.search(Member.named("/a"), Head.of(archive), device, failing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a bug");
  }
}
