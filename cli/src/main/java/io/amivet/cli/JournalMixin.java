package io.amivet.cli;

import io.amivet.fs.JournalMode;
import picocli.CommandLine.Option;

/** The option that chooses between the two views of a volume with a journal. */
final class JournalMixin {
  @Option(
      names = "--as-on-disk",
      description = {
        "Leave journals aside. Without it, changes that only a journal holds are shown",
        "as the kernel would replay them."
      })
  boolean asOnDisk;

  JournalMode mode() {
    return asOnDisk ? JournalMode.AS_ON_DISK : JournalMode.REPLAY;
  }
}
