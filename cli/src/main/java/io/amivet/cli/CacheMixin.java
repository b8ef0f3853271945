package io.amivet.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say where fetched blocks are kept while a command runs. */
final class CacheMixin {
  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = {
        "Folder for fetched blocks (default: a private temporary one;",
        "with --keep-cache amivet/blocks in the user's folder for caches)."
      })
  @Nullable Path folder;

  @Option(
      names = "--cache-size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Most disk space to use for fetched blocks, such as 20G.")
  long maxSizeBytes;

  @Option(
      names = "--keep-cache",
      description = {
        "Keep fetched blocks for the next scan of the snapshot, also if this one is interrupted.",
        "They hold whatever the image holds; only you can read them."
      })
  boolean keep;

  Access.Cache settings() {
    return new Access.Cache(folder, maxSizeBytes, keep);
  }
}
