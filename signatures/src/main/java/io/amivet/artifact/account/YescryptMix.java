package io.amivet.artifact.account;

/**
 * The memory-hard part of yescrypt: SMix with pwxform (PWXsimple 2, PWXgather 4, PWXrounds 6,
 * Swidth 8) and p = 1. Words are kept in the order that SIMD implementations use, in which word
 * {@code i} of a 64-byte block is word {@code 5 i mod 16} of Salsa20's matrix.
 */
final class YescryptMix {
  private static final int BLOCK_WORDS = 16;
  private static final int PWX_ROUNDS = 6;
  private static final int PWX_GATHER = 4;

  /** 2^Swidth entries of PWXsimple 64-bit lanes. */
  private static final int SBOX_LANES = 256 * 2;

  private static final int SBOX_MASK = 255 * 16;
  private static final int SBOX_WORDS = 3 * SBOX_LANES * 2;

  private final int r;
  private final int[] x;
  private long[] s0 = new long[SBOX_LANES];
  private long[] s1 = new long[SBOX_LANES];
  private long[] s2 = new long[SBOX_LANES];
  private int w;

  private YescryptMix(int r) {
    this.r = r;
    this.x = new int[32 * r];
  }

  /** Mixes {@code block} in place and returns the key for the final PBKDF2. */
  static byte[] mix(int[] block, int n, int r, byte[] key) {
    YescryptMix state = new YescryptMix(r);
    state.fillSboxes(block);
    int[] last = java.util.Arrays.copyOfRange(block, block.length - BLOCK_WORDS, block.length);
    byte[] newKey = Sha256.hmac(Yescrypt.toBytes(last), key);
    state.run(block, n);
    return newKey;
  }

  private void fillSboxes(int[] block) {
    int[] first = java.util.Arrays.copyOf(block, 32);
    int[] v = new int[SBOX_WORDS];
    int[] y = new int[32];
    int[] small = shuffled(first, 2);
    for (int i = 0; i < SBOX_WORDS / 32; i++) {
      System.arraycopy(small, 0, v, i * 32, 32);
      blockMixSalsa8(small, y);
    }
    unshuffle(small, block, 2);
    lanes(v, 0, s2);
    lanes(v, SBOX_LANES * 2, s1);
    lanes(v, SBOX_LANES * 4, s0);
  }

  private void run(int[] block, int n) {
    int size = 32 * r;
    int[][] v = new int[n][];
    System.arraycopy(shuffled(block, 2 * r), 0, x, 0, size);
    for (int i = 0; i < n; i++) {
      v[i] = x.clone();
      if (i > 1) {
        int power = Integer.highestOneBit(i);
        xor(x, v[(integerify() & (power - 1)) + (i - power)]);
      }
      blockMixPwxform();
    }
    int loops = ((n + 2) / 3 + 1) & ~1;
    for (int i = 0; i < loops; i++) {
      int[] target = v[integerify() & (n - 1)];
      xor(x, target);
      System.arraycopy(x, 0, target, 0, size);
      blockMixPwxform();
    }
    unshuffle(x, block, 2 * r);
  }

  private int integerify() {
    return x[(2 * r - 1) * BLOCK_WORDS];
  }

  private void blockMixPwxform() {
    int blocks = 2 * r;
    int previous = (blocks - 1) * BLOCK_WORDS;
    for (int i = 0; i < blocks; i++) {
      int at = i * BLOCK_WORDS;
      for (int k = 0; k < BLOCK_WORDS; k++) {
        x[at + k] ^= x[previous + k];
      }
      pwxform(at);
      previous = at;
    }
    salsa20(x, previous, 2);
  }

  private void pwxform(int at) {
    for (int round = 0; round < PWX_ROUNDS; round++) {
      boolean writes = round != 0 && round != PWX_ROUNDS - 1;
      for (int j = 0; j < PWX_GATHER; j++) {
        int lane = at + 4 * j;
        int p0 = (x[lane] & SBOX_MASK) >>> 3;
        int p1 = (x[lane + 1] & SBOX_MASK) >>> 3;
        for (int k = 0; k < 2; k++) {
          int low = lane + 2 * k;
          long product = (x[low + 1] & 0xffffffffL) * (x[low] & 0xffffffffL);
          long value = (product + s0[p0 + k]) ^ s1[p1 + k];
          x[low] = (int) value;
          x[low + 1] = (int) (value >>> 32);
          if (writes) {
            s2[w++] = value;
          }
        }
      }
    }
    long[] rotated = s2;
    s2 = s1;
    s1 = s0;
    s0 = rotated;
    w &= SBOX_LANES - 1;
  }

  private static void blockMixSalsa8(int[] b, int[] y) {
    int[] z = java.util.Arrays.copyOfRange(b, BLOCK_WORDS, 2 * BLOCK_WORDS);
    for (int i = 0; i < 2; i++) {
      for (int k = 0; k < BLOCK_WORDS; k++) {
        z[k] ^= b[i * BLOCK_WORDS + k];
      }
      salsa20(z, 0, 8);
      System.arraycopy(z, 0, y, i * BLOCK_WORDS, BLOCK_WORDS);
    }
    System.arraycopy(y, 0, b, 0, 2 * BLOCK_WORDS);
  }

  private static void salsa20(int[] b, int at, int rounds) {
    int[] m = new int[BLOCK_WORDS];
    for (int i = 0; i < BLOCK_WORDS; i++) {
      m[i * 5 % BLOCK_WORDS] = b[at + i];
    }
    for (int i = 0; i < rounds; i += 2) {
      for (int column = 0; column < 4; column++) {
        quarter(m, column * 5, 4, 16);
      }
      for (int row = 0; row < 4; row++) {
        quarterRow(m, row);
      }
    }
    for (int i = 0; i < BLOCK_WORDS; i++) {
      b[at + i] += m[i * 5 % BLOCK_WORDS];
    }
  }

  private static void quarter(int[] m, int start, int step, int modulus) {
    int a = start;
    int b = (start + step) % modulus;
    int c = (start + 2 * step) % modulus;
    int d = (start + 3 * step) % modulus;
    quarterRound(m, a, b, c, d);
  }

  private static void quarterRow(int[] m, int row) {
    int base = 4 * row;
    quarterRound(m, base + row, base + (row + 1) % 4, base + (row + 2) % 4, base + (row + 3) % 4);
  }

  private static void quarterRound(int[] m, int a, int b, int c, int d) {
    m[b] ^= Integer.rotateLeft(m[a] + m[d], 7);
    m[c] ^= Integer.rotateLeft(m[b] + m[a], 9);
    m[d] ^= Integer.rotateLeft(m[c] + m[b], 13);
    m[a] ^= Integer.rotateLeft(m[d] + m[c], 18);
  }

  private static int[] shuffled(int[] block, int blocks) {
    int[] result = new int[blocks * BLOCK_WORDS];
    for (int k = 0; k < blocks; k++) {
      for (int i = 0; i < BLOCK_WORDS; i++) {
        result[k * BLOCK_WORDS + i] = block[k * BLOCK_WORDS + i * 5 % BLOCK_WORDS];
      }
    }
    return result;
  }

  private static void unshuffle(int[] mixed, int[] block, int blocks) {
    for (int k = 0; k < blocks; k++) {
      for (int i = 0; i < BLOCK_WORDS; i++) {
        block[k * BLOCK_WORDS + i * 5 % BLOCK_WORDS] = mixed[k * BLOCK_WORDS + i];
      }
    }
  }

  private static void lanes(int[] words, int from, long[] lanes) {
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = (words[from + 2 * i] & 0xffffffffL) | ((long) words[from + 2 * i + 1] << 32);
    }
  }

  private static void xor(int[] target, int[] with) {
    for (int i = 0; i < target.length; i++) {
      target[i] ^= with[i];
    }
  }
}
