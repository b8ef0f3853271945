package io.amivet.artifact.vcs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CvsScrambleTest {

  /** The value that any CVS writes for the password of public servers, {@code anonymous}. */
  @Test
  void descramblesWhatCvsWrote() {
    assertThat(CvsScramble.descramble("Ay=0=a%0bZ")).contains("anonymous");
  }

  @Test
  void isItsOwnInverseForEveryPrintableCharacter() {
    StringBuilder all = new StringBuilder();
    for (char c = ' '; c <= '~'; c++) {
      all.append(c);
    }
    String once = CvsScramble.descramble("A" + all).orElseThrow();
    assertThat(once).isNotEqualTo(all.toString()).hasSameSizeAs(all);
    assertThat(CvsScramble.descramble("A" + once)).contains(all.toString());
  }

  @Test
  void refusesOtherMethodsAndBytesThatCvsNeverWrites() {
    assertThat(CvsScramble.descramble("By=0=a%0bZ")).isEmpty();
    assertThat(CvsScramble.descramble("")).isEmpty();
    assertThat(CvsScramble.descramble("A\u0007")).isEmpty();
    assertThat(CvsScramble.descramble("A\u00e9")).isEmpty();
  }
}
