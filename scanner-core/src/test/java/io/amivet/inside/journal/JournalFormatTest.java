package io.amivet.inside.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.amivet.block.MemoryDevice;
import io.amivet.inside.InsideFile;
import io.amivet.inside.RecordingSink;
import io.amivet.source.DeviceStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals made by systemd-journal-remote: {@code testdata/make/make-journal.sh}. */
class JournalFormatTest {
  private static final String TOKEN = "token glpat-Xk29sLq0Zr7Tm4Wb1Yc8";

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = JournalFormatTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static byte[] journal(String name) throws IOException {
    try (InputStream in =
        new ZstdInputStream(new ByteArrayInputStream(resource(name + ".journal.zst")))) {
      return in.readAllBytes();
    }
  }

  /** Without the zeros after the last object. */
  private static byte[] shortened(String name) throws IOException {
    byte[] whole = journal(name);
    int end = whole.length;
    while (whole[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOf(whole, end + 8);
  }

  private record Held(byte[] bytes) implements InsideFile {
    @Override
    public String name() {
      return "system.journal";
    }

    @Override
    public InputStream stream() {
      return new BufferedInputStream(new DeviceStream(device()));
    }

    @Override
    public MemoryDevice device() {
      return new MemoryDevice("journal", bytes);
    }

    @Override
    public void useMemory(long bytes) {
      assertThat(bytes).isLessThanOrEqualTo(96L << 20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "zstd-compact", "zstd-siphash", "zstd-jenkins", "xz", "lz4"})
  void everyFieldIsReadAsJournalctlReadsIt(String name) throws Exception {
    DataObjects objects = new DataObjects(new Held(journal(name)));
    List<String> fields = new ArrayList<>();
    for (InputStream field = objects.next(); field != null; field = objects.next()) {
      byte[] bytes = field.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      fields.add(bytes.length + " " + HexFormat.of().formatHex(digest));
    }

    assertThat(fields)
        .containsExactlyInAnyOrder(
            new String(resource("fields.txt"), StandardCharsets.US_ASCII).split("\n"));
    assertThat(objects.undecoded()).isZero();
    assertThat(objects.strayBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-compact", "xz", "lz4"})
  void theFieldsAreLinesOfOneMember(String name) throws IOException {
    RecordingSink found = RecordingSink.search(journal(name), "system.journal");

    assertThat(found.skips).isEmpty();
    assertThat(found.files).containsOnlyKeys("fields");
    assertThat(found.files.get("fields"))
        .contains("MESSAGE=round 0 of the job\n", "_COMM=job\n", "PRIORITY=6\n");
    String all =
        new String(
            new FieldLines(new DataObjects(new Held(journal(name)))).readAllBytes(),
            StandardCharsets.ISO_8859_1);
    assertThat(all).contains("\n" + TOKEN + "\n", "_CMDLINE=job --verbose\n");
    if (!name.equals("lz4")) {
      // It lies in a compressed field: the file itself does not show it.
      assertThat(indexOfOrNone(journal(name), TOKEN)).isNegative();
    }
  }

  @Test
  void aDamagedObjectLosesItselfAndIsReported() throws IOException {
    byte[] damaged = journal("plain");
    int at = indexOf(damaged, "MESSAGE=round 5 of") - 64;
    damaged[at] = 99;
    RecordingSink found = RecordingSink.search(damaged, "system.journal");

    assertThat(found.files.get("fields"))
        .contains("round 4 of", "round 6 of")
        .doesNotContain("round 5 of");
    assertThat(found.skips).singleElement().asString().contains("bytes in it belong to no object");
  }

  @Test
  void aPayloadThatCannotBeDecompressedIsCounted() throws IOException {
    byte[] damaged = journal("zstd-siphash");
    int frame = indexOf(damaged, "(\u00b5/\u00fd");
    damaged[frame] = 0;
    RecordingSink found = RecordingSink.search(damaged, "system.journal");

    assertThat(found.skips).singleElement().asString().contains("1 of its fields are damaged");
    assertThat(found.files.get("fields")).contains("round 19 of the job");
  }

  @Test
  void featuresThatAreNotKnownAreSaid() throws IOException {
    byte[] newer = journal("plain");
    ByteBuffer.wrap(newer).order(ByteOrder.LITTLE_ENDIAN).putInt(12, 1 << 9);

    assertThat(RecordingSink.search(newer, "system.journal").skips)
        .singleElement()
        .asString()
        .contains("features that are not known");
  }

  @Test
  void aJournalThatIsCutGivesWhatIsThere() throws IOException {
    byte[] whole = journal("plain");
    int cut = indexOf(whole, "MESSAGE=round 9 of") + 8;
    RecordingSink found = RecordingSink.search(Arrays.copyOf(whole, cut), "system.journal~");

    assertThat(found.files.get("fields")).contains("round 8 of");
    assertThat(found.skips).singleElement().asString().contains("it ends within an object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-compact", "xz", "lz4"})
  void whateverIsDamagedEndsInAReport(String name) throws IOException {
    byte[] sound = shortened(name);
    Random random = new Random(11);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int round = 0; round < 600; round++) {
            byte[] damaged =
                Arrays.copyOf(
                    sound, random.nextBoolean() ? sound.length : 1 + random.nextInt(sound.length));
            for (int i = 0; i <= random.nextInt(6); i++) {
              damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            RecordingSink.search(damaged, "system.journal");
          }
        });
  }

  private static int indexOfOrNone(byte[] bytes, String what) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(what);
  }

  private static int indexOf(byte[] bytes, String what) {
    int at = indexOfOrNone(bytes, what);
    assertThat(at).as(what).isPositive();
    return at;
  }
}
