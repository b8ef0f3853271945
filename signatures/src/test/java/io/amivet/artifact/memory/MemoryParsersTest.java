package io.amivet.artifact.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A core dump written by gcore: {@code make-core.sh}. */
final class MemoryParsersTest {
  private static byte[] core() throws IOException {
    try (InputStream in = MemoryParsersTest.class.getResourceAsStream("core.gz")) {
      assertThat(in).isNotNull();
      return new GZIPInputStream(in).readAllBytes();
    }
  }

  private static List<Artifact> core(byte[] bytes) {
    return new CoreDumpParser().parse(ArtifactFile.of("/core", bytes), ImageView.empty());
  }

  private static List<Artifact> swap(byte[] bytes) {
    return new SwapFileParser().parse(ArtifactFile.of("/swapfile", bytes), ImageView.empty());
  }

  @Test
  void aCoreDumpNamesItsProcessAndHidesItsCommandLine() throws IOException {
    Artifact found = core(core()).getFirst();

    assertThat(found.fields()).containsEntry("process", "sleep");
    assertThat(found.evidence().redacted()).isEqualTo("core dump of sleep, command line ***(10)");
    assertThat(found.evidence().revealed()).endsWith("command line /bin/sleep");
  }

  @Test
  void aProgramIsNoCoreDump() throws IOException {
    byte[] program = core();
    program[16] = 3;

    assertThat(core(program)).isEmpty();
    assertThat(core("\u007fELF".getBytes(StandardCharsets.US_ASCII))).isEmpty();
  }

  @Test
  void damageIsSurvived() throws IOException {
    byte[] sound = core();
    Random random = new Random(4);
    for (int round = 0; round < 5000; round++) {
      byte[] damaged =
          random.nextBoolean() ? sound.clone() : Arrays.copyOf(sound, random.nextInt(3000));
      for (int i = 0; i < 4 && damaged.length > 0; i++) {
        damaged[random.nextInt(Math.min(damaged.length, 2000))] = (byte) random.nextInt(256);
      }
      assertThat(core(damaged)).hasSizeLessThan(2);
      assertThat(swap(damaged)).isEmpty();
    }
  }

  @Test
  void swapIsReportedIfAnythingIsInIt() {
    byte[] file = new byte[3 * 4096];
    byte[] signature = "SWAPSPACE2".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(signature, 0, file, 4096 - signature.length, signature.length);

    assertThat(swap(file)).isEmpty();
    file[2 * 4096] = 1;
    assertThat(swap(file)).singleElement().returns("swap", Artifact::kind);
    assertThat(swap(Arrays.copyOf(file, 4000))).isEmpty();
  }
}
