package io.amivet.inside.git;

/** Why an object of a pack could not be read. */
enum Loss {
  DAMAGED("are damaged"),
  BASE_MISSING("build on an object that is not in the pack, or could not be read"),
  TOO_LARGE("are deltas of more than " + (PackLimits.MAX_HELD_BYTES >> 20) + " MiB"),
  TOO_MANY("lie beyond the first " + PackLimits.MAX_ENTRIES),
  CUT_SHORT("lie beyond the place where the pack is damaged or ends"),
  TOO_MUCH_WORK("would cost more work than the size of the pack justifies");

  private final String predicate;

  Loss(String predicate) {
    this.predicate = predicate;
  }

  /** For a report: how many, and why. */
  String sentence(long count) {
    return count + " git objects " + predicate;
  }
}
