package io.amivet.testing;

import java.util.Arrays;
import java.util.Random;

/** Damages a part of an image the way that finds most: flipped, zeroed, copied, swapped ranges. */
public final class Mutation {
  private Mutation() {}

  /**
   * A damaged copy of {@code good}; the same seed gives the same damage within the range.
   *
   * @param most how many places are damaged at most
   */
  public static byte[] of(byte[] good, int start, int end, int most, long seed) {
    byte[] bad = good.clone();
    Random random = new Random(seed);
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      int length = Math.min(1 + random.nextInt(random.nextBoolean() ? 4 : 64), end - start);
      int at = start + random.nextInt(end - start - length + 1);
      int other = start + random.nextInt(end - start - length + 1);
      switch (random.nextInt(5)) {
        case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bad[at] = (byte) random.nextInt();
        case 2 -> Arrays.fill(bad, at, at + length, (byte) 0);
        case 3 -> System.arraycopy(good, other, bad, at, length);
        default -> Arrays.fill(bad, at, at + Math.min(length, 8), (byte) 0xff);
      }
    }
    return bad;
  }
}
