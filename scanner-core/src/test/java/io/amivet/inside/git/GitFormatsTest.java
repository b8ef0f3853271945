package io.amivet.inside.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.MemoryDevice;
import io.amivet.inside.RecordingSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories made and listed by git: {@code testdata/make/make-git.sh}. */
class GitFormatsTest {
  private static final String LOOSE = "e0911009009411fe5e90058d07fe126d95f59c";

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = GitFormatsTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha1", "sha256"})
  void everyObjectOfAPackIsShownAsGitListsIt(String format) throws IOException {
    List<String> shown = new ArrayList<>();
    Losses losses =
        PackReader.read(
            new MemoryDevice("pack", resource(format + ".pack")),
            object ->
                shown.add(object.id() + " " + object.type().label() + " " + object.sizeBytes()));

    assertThat(losses.isEmpty()).isTrue();
    // An id is the hash of the contents: as many and equal ids mean equal contents.
    assertThat(shown)
        .containsExactlyInAnyOrder(
            new String(resource(format + ".objects"), StandardCharsets.US_ASCII).split("\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha1", "sha256"})
  void whatWasDeletedOrLostIsFoundUnderItsCommitAndPath(String format) throws IOException {
    RecordingSink found = RecordingSink.search(resource(format + ".pack"), "pack-1.pack");

    assertThat(found.skips).isEmpty();
    assertThat(found.files.keySet())
        .anyMatch(name -> name.matches("[0-9a-f]{16}/config/login.ini"))
        .anyMatch(name -> name.matches("[0-9a-f]{16}/lost.txt"))
        .anyMatch(name -> name.matches("[0-9a-f]{40,64}/commit"))
        .anyMatch(name -> name.matches("[0-9a-f]{40,64}/tag"));
    assertThat(found.files.entrySet())
        .filteredOn(file -> file.getKey().endsWith("lost.txt"))
        .singleElement()
        .returns("token glpat-Xk29sLq0Zr7Tm4Wb1Yc8\n", java.util.Map.Entry::getValue);
  }

  @Test
  void aLooseObjectIsRead() throws IOException {
    RecordingSink found = RecordingSink.search(resource(LOOSE), LOOSE);

    assertThat(found.files).containsEntry("blob", "token glpat-Xk29sLq0Zr7Tm4Wb1Yc8\n");
  }

  @Test
  void anyOtherZlibStreamIsLeftAlone() throws IOException {
    RecordingSink found = RecordingSink.search(resource(LOOSE), "data.z");

    assertThat(found.files).isEmpty();
    assertThat(found.skips).isEmpty();
  }

  @Test
  void aPackThatIsCutShortGivesWhatIsThereAndSaysSo() throws IOException {
    byte[] whole = resource("sha1.pack");
    RecordingSink found = RecordingSink.search(Arrays.copyOf(whole, whole.length / 2), "a.pack");

    assertThat(found.files).isNotEmpty();
    assertThat(found.skips).anyMatch(skip -> skip.contains("git objects lie beyond the place"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha1.pack", "sha256.pack", LOOSE})
  void whateverIsDamagedEndsInAReport(String name) throws IOException {
    byte[] sound = resource(name);
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = sound.clone();
      for (int i = 0; i <= random.nextInt(5); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> RecordingSink.search(damaged, name),
          "round " + round + " of " + name);
    }
  }
}
