package io.amivet.cli;

import io.amivet.finding.Verdict;
import java.util.Comparator;
import java.util.List;

/** What a pipeline learns from the process; part of the public contract. */
enum ExitCode {
  /** Everything was read, and nothing reaches the threshold. */
  COMPLETE(0, 0),
  /** Findings at or above the threshold. */
  FINDINGS(1, 4),
  /** The command line, a rule file or a setting is wrong. */
  USAGE(2, 3),
  /** The target could not be had: API, permission, key, missing file. */
  ACQUISITION(3, 2),
  /** Something that holds data was not read, or not written out. */
  INCOMPLETE(4, 1),
  /** A bug of amivet. picocli's own code for a crash is 1, which would read as findings. */
  INTERNAL(5, 5);

  private final int value;
  private final int rank;

  ExitCode(int value, int rank) {
    this.value = value;
    this.rank = rank;
  }

  int value() {
    return value;
  }

  static ExitCode of(Verdict verdict) {
    return switch (verdict) {
      case PASS -> COMPLETE;
      case FAIL -> FINDINGS;
      case INCOMPLETE -> INCOMPLETE;
    };
  }

  /** The one code for several targets: the strongest statement wins, and nothing hides a bug. */
  static ExitCode worst(List<ExitCode> codes) {
    return codes.stream().max(Comparator.comparingInt(code -> code.rank)).orElse(COMPLETE);
  }
}
