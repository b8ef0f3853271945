package io.amivet.volume.lvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import io.amivet.testdata.TestImages;
import io.amivet.volume.lvm.ConfigParser.SyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Texts of a group that somebody made up, under checksums that hold. */
class HostileTextTest {
  private static final int MDA = 4096;
  private static final int HEADER_BYTES = 512;
  private static final int ROUNDS = 300;
  private static final String[] TOKENS = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    "=",
    "#",
    "0",
    "-1",
    "9223372036854775807",
    "2147483647",
    "pv0",
    "root",
    "\"thin\"",
    "\"striped\"",
    "\"raid1\"",
    "\"mirror\"",
    "mirror_rimage_0",
    "\\"
  };

  private static byte[] disk() throws IOException {
    try (InputStream packed = TestImages.resource("images/lvm-b.img.gz");
        InputStream in = new GZIPInputStream(packed)) {
      return in.readAllBytes();
    }
  }

  private static String text(byte[] disk) {
    ByteBuffer header = ByteBuffer.wrap(disk, MDA, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int size = (int) header.getLong(MDA + 32);
    int at = (int) header.getLong(MDA + 40);
    int length = (int) header.getLong(MDA + 48);
    byte[] text = new byte[length];
    int first = Math.min(length, size - at);
    System.arraycopy(disk, MDA + at, text, 0, first);
    System.arraycopy(disk, MDA + HEADER_BYTES, text, first, length - first);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** The same physical volume with another text, as if LVM itself had written it. */
  private static BlockDevice withText(byte[] disk, String text) {
    byte[] changed = disk.clone();
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    Arrays.fill(changed, MDA + HEADER_BYTES, 128 << 10, (byte) 0);
    System.arraycopy(bytes, 0, changed, MDA + HEADER_BYTES, bytes.length);
    ByteBuffer header = ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MDA + 40, HEADER_BYTES).putLong(MDA + 48, bytes.length);
    header.putInt(MDA + 56, (int) LvmChecksum.of(MemorySegment.ofArray(bytes)));
    MemorySegment summed = MemorySegment.ofArray(changed).asSlice(MDA + 4, HEADER_BYTES - 4);
    header.putInt(MDA, (int) LvmChecksum.of(summed));
    return new MemoryDevice("hostile", changed);
  }

  private static LvmAssembly assemble(byte[] disk, String text) {
    return LvmAssembly.of(List.of(withText(disk, text)), new AnomalyLog());
  }

  @Test
  void readsTheTextThatItIsGiven() throws IOException {
    byte[] disk = disk();
    LvmAssembly assembly = assemble(disk, text(disk));

    assertThat(assembly.volumes()).hasSize(10);
    assertThat(assembly.physical().getFirst().standing()).isEqualTo(PhysicalVolume.Standing.MEMBER);
  }

  @Test
  void survivesTokensPutAnywhere() throws IOException {
    byte[] disk = disk();
    String sound = text(disk);
    int parsed = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(sound);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        edit(text, random);
      }
      LvmAssembly assembly =
          assertTimeoutPreemptively(
              Duration.ofSeconds(10), () -> assemble(disk, text.toString()), "seed " + seed);
      parsed += assembly.volumes().isEmpty() ? 0 : 1;
      assembly.volumes().forEach(one -> assertThat(one.device().sizeBytes()).isNotNegative());
    }
    assertThat(parsed).as("not all of it is turned away").isGreaterThan(ROUNDS / 10);
  }

  private static void edit(StringBuilder text, Random random) {
    int at = random.nextInt(text.length() - 20);
    String token = TOKENS[random.nextInt(TOKENS.length)];
    switch (random.nextInt(3)) {
      case 0 -> text.insert(at, token);
      case 1 -> text.delete(at, at + random.nextInt(20));
      default -> {
        // A value, where there is one nearby.
        int start = text.indexOf("= ", at);
        int end = start < 0 ? -1 : text.indexOf("\n", start);
        if (end > 0) {
          text.replace(start + 2, end, token);
        }
      }
    }
  }

  @Test
  void listsVolumesThatConsistOfEachOtherAsUnread() throws IOException {
    byte[] disk = disk();
    String loop = text(disk).replaceAll("\"pv[01]\", \\d+", "\"span\", 0");

    assertThat(assemble(disk, loop).volumes())
        .filteredOn(one -> one.name().equals("span"))
        .singleElement()
        .returns(true, LogicalVolume::damaged)
        .matches(one -> one.unread().contains("consist of each other"));
  }

  @Test
  void refusesSizesThatNoNumberHolds() throws IOException {
    byte[] disk = disk();
    String huge =
        text(disk)
            .replaceAll("extent_size = \\d+", "extent_size = 2147483647")
            .replaceAll("extent_count = \\d+", "extent_count = 2147483647");

    assertThat(assemble(disk, huge).volumes())
        .isNotEmpty()
        .allMatch(one -> !one.unread().isEmpty() || one.device().sizeBytes() > 0);
  }

  @Test
  void boundsDepthAndNumberOfValues() {
    String deep = "a {".repeat(ConfigParser.MAX_DEPTH + 2);
    String wide = "a = [" + "1,".repeat(ConfigParser.MAX_VALUES + 1) + "]";
    String endless = "a = \"" + "x".repeat(ConfigParser.MAX_STRING + 1) + "\"";

    for (String text : List.of(deep, wide, endless)) {
      assertThatExceptionOfType(SyntaxException.class).isThrownBy(() -> ConfigParser.parse(text));
    }
  }

  @Test
  void parsesWhatTheSyntaxAllows() throws SyntaxException {
    ConfigSection root =
        ConfigParser.parse(
            "# comment\nname = \"with \\\" quote\" # more\nlist=[1,\"two\"]\nempty = []\n"
                + "inner { n = -3\nfloat = 1.5 }\n\"quoted name\" = 7");

    assertThat(root.text("name")).isEqualTo("with \" quote");
    assertThat(root.list("list")).isEqualTo(List.of(1L, "two"));
    assertThat(root.list("empty")).isEmpty();
    assertThat(root.section("inner").orElseThrow().number("n", 10)).isEmpty();
    assertThat(root.section("inner").orElseThrow().text("float")).isEqualTo("1.5");
    assertThat(root.number("quoted name", 10)).contains(7L);
  }
}
