package io.amivet.match;

/** All content rules, compiled. Immutable and thread-safe; each thread opens streams of its own. */
public interface MatchEngine {

  /** For reports and {@code --engine}: {@code java}, {@code vectorscan}. */
  String name();

  /**
   * Starts on a new file. Streams are cheap; a thread may keep one and {@link MatchStream#reset}.
   */
  MatchStream open();
}
