package io.amivet.inside;

import java.io.IOException;

/**
 * One kind of file that holds others. Stateless and thread-safe.
 *
 * <p>The bytes are hostile. A format bounds what it allocates by itself; how many members there
 * are, how much comes out of them and how deep they are nested is the driver's to limit, which ends
 * the work with an exception out of the visitor or of a member's stream. Whatever else a format
 * throws, unchecked exceptions of a library included, is a fault of the file: what was delivered
 * counts, and the rest is reported as not searched.
 */
public interface InsideFormat {

  /** For reports: {@code tar}. */
  String name();

  /** Whether a file that starts so is of this kind. Called for every file: looks at a few bytes. */
  boolean recognises(Head head);

  /**
   * Whether the first bytes leave room for doubt. If nothing at all can be read of such a file, it
   * is taken for something else, and nothing is reported.
   */
  default boolean isGuess() {
    return false;
  }

  /** Gives each member to the visitor, in the order that is cheapest to read. */
  void members(InsideFile file, MemberVisitor visitor) throws IOException;
}
