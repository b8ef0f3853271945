package io.amivet.match;

/** All content rules, compiled. Immutable and thread-safe; each thread opens streams of its own. */
public interface MatchEngine extends AutoCloseable {

  /** For reports and {@code --engine}: {@code java}, {@code vectorscan}. */
  String name();

  /**
   * Starts on a new file. Streams are cheap; a thread may keep one and {@link MatchStream#reset}.
   */
  MatchStream open();

  /** Frees what the engine holds; all its streams must be closed. */
  @Override
  default void close() {}
}
