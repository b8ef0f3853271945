package io.amivet.ext;

import io.amivet.fs.JournalState;
import java.util.Optional;

/**
 * What became of the journal, for the report.
 *
 * @param note what a person should know; empty if nothing
 * @param staleReason why the volume is not as up to date as the kernel would show it
 */
record JournalStatus(JournalState state, String note, Optional<String> staleReason) {
  private static final String CONSEQUENCE =
      ", so files it alone holds are missing and others are shown as they were before";

  boolean isReplayed() {
    return state == JournalState.REPLAYED || state == JournalState.PARTLY_REPLAYED;
  }

  /** Nothing to tell. */
  static JournalStatus of(JournalState state) {
    return new JournalStatus(state, "", Optional.empty());
  }

  static JournalStatus replayed(String done) {
    return new JournalStatus(
        JournalState.REPLAYED, "journal replayed in memory: " + done, Optional.empty());
  }

  static JournalStatus partlyReplayed(String done, String why) {
    return new JournalStatus(
        JournalState.PARTLY_REPLAYED,
        "journal replayed in memory in part: " + done + "; " + why,
        Optional.of("the journal was replayed in part: " + why + CONSEQUENCE));
  }

  static JournalStatus notReplayed(String why) {
    return new JournalStatus(
        JournalState.NOT_REPLAYED,
        "needs journal recovery: shown as on disk, without what the journal holds",
        Optional.of("the journal was not replayed: " + why + CONSEQUENCE));
  }

  static JournalStatus asOnDisk() {
    return new JournalStatus(
        JournalState.AS_ON_DISK,
        "needs journal recovery: shown as on disk, without what the journal holds",
        Optional.of("the journal was not replayed: shown as on disk as asked for" + CONSEQUENCE));
  }
}
