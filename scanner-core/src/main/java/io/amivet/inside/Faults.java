package io.amivet.inside;

import io.amivet.block.CorruptImageException;
import java.io.EOFException;
import org.apache.commons.compress.MemoryLimitException;

/**
 * What to say of an exception over the bytes of a file. Messages of libraries are not passed on:
 * some quote what they could not read, which may be a secret.
 */
final class Faults {
  private Faults() {}

  /** One clause. */
  static String clause(Throwable fault) {
    for (Throwable at = fault; at != null; at = at.getCause()) {
      if (at instanceof NotSearchedException || at instanceof CorruptImageException) {
        return String.valueOf(at.getMessage());
      }
      if (at instanceof EOFException) {
        return "it ends early";
      }
      if (at instanceof MemoryLimitException || at instanceof org.tukaani.xz.MemoryLimitException) {
        return "it needs too much memory";
      }
    }
    return "it is damaged";
  }
}
