package io.amivet.cli;

/** Whether to use colours. */
final class Colors {
  private Colors() {}

  /** Colours are for a terminal, unless the user says no by option or by {@code NO_COLOR}. */
  static boolean wanted(boolean noColorOption, boolean terminal) {
    String noColor = System.getenv("NO_COLOR");
    return terminal && !noColorOption && (noColor == null || noColor.isEmpty());
  }
}
