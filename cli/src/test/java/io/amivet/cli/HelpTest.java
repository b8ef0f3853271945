package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HelpTest {

  /** Refresh with {@code -Damivet.updateGolden=true}. */
  @Test
  void theTextInTheJarIsWhatTheCommandsSayOfThemselves() throws IOException {
    String said = help().stripTrailing();
    if (Boolean.getBoolean("amivet.updateGolden")) {
      Files.writeString(Path.of("src/main/resources/io/amivet/cli/" + Main.HELP), said + "\n");
      return;
    }
    try (InputStream kept = Main.class.getResourceAsStream(Main.HELP)) {
      String text = new String(Objects.requireNonNull(kept).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text.stripTrailing()).isEqualTo(said);
    }
  }

  private static String help() {
    OutputStream nowhere = OutputStream.nullOutputStream();
    StdStreams streams =
        new StdStreams(
            nowhere,
            new PrintStream(nowhere, true, StandardCharsets.UTF_8),
            false,
            false,
            new ExitCleanup());
    return new CommandTree(Main.wiring(streams), streams).help();
  }
}
