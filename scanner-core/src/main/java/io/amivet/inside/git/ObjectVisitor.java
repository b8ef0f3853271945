package io.amivet.inside.git;

import java.io.IOException;

/** Is shown objects, one after another. */
@FunctionalInterface
interface ObjectVisitor {

  /**
   * The next object.
   *
   * @throws IOException to end the reading
   */
  void object(GitObject object) throws IOException;
}
