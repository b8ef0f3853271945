package io.amivet.inside;

import java.time.Instant;

/**
 * What an archive says of one regular file in it.
 *
 * @param name path as the archive has it, Latin-1 text (one char a byte), with or without a slash
 *     or {@code ./} in front; not to be trusted
 * @param mode permission bits
 * @param modified {@link Instant#EPOCH} if the format does not say
 */
public record Member(String name, int mode, long uid, long gid, Instant modified) {

  /** A member of which only the name is known. */
  public static Member named(String name) {
    return new Member(name, 0644, 0, 0, Instant.EPOCH);
  }
}
