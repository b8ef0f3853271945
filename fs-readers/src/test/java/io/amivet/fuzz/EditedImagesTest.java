package io.amivet.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.amivet.testdata.TestImages;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Edited images give a result or an IOException, soon, and never anything else. */
class EditedImagesTest {
  private static final int ROUNDS = 150;
  private static final int MAX_INPUT_BYTES = 200;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void survivesRandomEdits(FuzzTarget target) throws IOException {
    FuzzTarget.Loaded loaded = target.load(folder);
    int read = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      byte[] input = new byte[1 + random.nextInt(MAX_INPUT_BYTES)];
      random.nextBytes(input);
      read += run(loaded, input, "seed " + seed);
    }
    assertThat(read).as("most edits cost a part, not all").isGreaterThan(ROUNDS);
  }

  /** Inputs that once did harm, a line of hexadecimal digits each. */
  @ParameterizedTest
  @EnumSource
  void survivesWhatFuzzingFound(FuzzTarget target) throws IOException {
    FuzzTarget.Loaded loaded = target.load(folder);
    for (String line : regressions(target)) {
      run(loaded, HexFormat.of().parseHex(line), line);
    }
    assertThat(run(loaded, new byte[] {0}, "no edit")).isPositive();
  }

  private static int run(FuzzTarget.Loaded loaded, byte[] input, String name) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> loaded.run(input),
        () -> name + ": " + HexFormat.of().formatHex(input));
  }

  private static List<String> regressions(FuzzTarget target) throws IOException {
    String name = "fuzz/" + target.name().toLowerCase(Locale.ROOT) + ".txt";
    try (InputStream in = TestImages.resource(name)) {
      List<String> lines = new ArrayList<>();
      new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(lines::add);
      return lines;
    } catch (FileNotFoundException none) {
      return List.of();
    }
  }
}
