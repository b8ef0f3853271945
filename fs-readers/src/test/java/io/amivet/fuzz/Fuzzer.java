package io.amivet.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a coverage-guided fuzzer calls, by the names that Jazzer looks for. The system property
 * {@code amivet.fuzz.target} names the {@link FuzzTarget}.
 */
public final class Fuzzer {
  private static FuzzTarget.@Nullable Loaded target;

  private Fuzzer() {}

  /** Called once, before the clock of the first run starts. */
  public static void fuzzerInitialize() throws IOException {
    Path folder = Files.createTempDirectory("amivet-fuzz");
    FuzzTarget.Loaded loaded =
        FuzzTarget.valueOf(System.getProperty("amivet.fuzz.target", "EXT")).load(folder);
    // What is mapped stays readable.
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
    loaded.run(new byte[] {0});
    target = loaded;
  }

  /** One run. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Objects.requireNonNull(target).run(input);
  }
}
