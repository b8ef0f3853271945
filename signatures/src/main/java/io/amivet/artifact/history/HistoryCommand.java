package io.amivet.artifact.history;

/**
 * One command as it was typed, escapes of the file undone.
 *
 * @param line 1-based line it starts on, 0 in binary files
 * @param offset byte offset it starts at
 * @param text Latin-1; may hold line feeds
 * @param epochSeconds when it ran, 0 if the file does not say
 */
record HistoryCommand(int line, int offset, String text, long epochSeconds) {
  /** Longer ones (a file without line ends) are cut. */
  static final int MAX_CHARS = 64 << 10;

  /** A file may hold more; they are neither counted nor searched. */
  static final int MAX_COMMANDS = 200_000;
}
