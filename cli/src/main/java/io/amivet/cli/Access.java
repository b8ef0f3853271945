package io.amivet.cli;

import io.amivet.fs.JournalMode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a target, where to keep what was fetched, and how to read it.
 *
 * @param journal whether journals are laid over the volumes
 * @param moreDisks further disks of the same machine, each named like a target
 * @param quiet without a display of progress
 */
record Access(Aws aws, Cache cache, JournalMode journal, List<String> moreDisks, boolean quiet) {
  Access {
    moreDisks = List.copyOf(moreDisks);
  }

  /** The same for another target, which consists of itself alone. */
  Access withoutMoreDisks() {
    return new Access(aws, cache, journal, List.of(), quiet);
  }

  /**
   * Settings for AWS. What is null is left to the SDK's own chain of environment, files and roles.
   *
   * @param endpointUrl for both EC2 and EBS
   * @param maxRequestsPerSecond 0 for the limiter's own choice
   * @param prices a file that says what requests cost; null for the built-in prices
   */
  record Aws(
      @Nullable String region,
      @Nullable String profile,
      @Nullable URI endpointUrl,
      double maxRequestsPerSecond,
      @Nullable Path prices) {}

  /**
   * Settings for the block cache.
   *
   * @param folder null for a private folder under the system's temporary one
   * @param maxSizeBytes 0 for the default
   * @param keep whether what is fetched outlives the command
   */
  record Cache(@Nullable Path folder, long maxSizeBytes, boolean keep) {
    /** What lives no longer than the command, in the system's folder of temporary files. */
    static final Cache TEMPORARY = new Cache(null, 0, false);
  }
}
