package io.amivet.artifact.vcs;

import java.util.Optional;

/**
 * The fixed substitution that CVS calls password scrambling (CVS client/server protocol, "Password
 * scrambling algorithm"; {@code scramble.c}). Method {@code A} is the only one there is. It is its
 * own inverse, so anyone who reads the file reads the password.
 */
final class CvsScramble {
  private static final char METHOD = 'A';

  /** Each two characters stand for each other; together they cover 0x20 to 0x7e. */
  private static final String PAIRS =
      " r!x\"5#O$`%m&H'l(F)@*L+C,t-J.D/W0o142K3w6R7Q8_9A:p;V<v=n>z?iBSEfGYIgM{N[P}T|U~X\\Zs]k^j"
          + "aybuchdeqq";

  private static final char[] TABLE = table();

  private CvsScramble() {}

  private static char[] table() {
    char[] table = new char['~' + 1];
    for (int i = 0; i + 1 < PAIRS.length(); i += 2) {
      table[PAIRS.charAt(i)] = PAIRS.charAt(i + 1);
      table[PAIRS.charAt(i + 1)] = PAIRS.charAt(i);
    }
    return table;
  }

  /** The password behind {@code scrambled}, or empty if CVS cannot have written it. */
  static Optional<String> descramble(String scrambled) {
    if (scrambled.isEmpty() || scrambled.charAt(0) != METHOD) {
      return Optional.empty();
    }
    StringBuilder password = new StringBuilder();
    for (int i = 1; i < scrambled.length(); i++) {
      char c = scrambled.charAt(i);
      if (c < ' ' || c > '~') {
        return Optional.empty();
      }
      password.append(TABLE[c]);
    }
    return Optional.of(password.toString());
  }
}
