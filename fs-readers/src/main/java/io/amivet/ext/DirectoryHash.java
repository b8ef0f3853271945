package io.amivet.ext;

import io.amivet.block.StructView;

/**
 * The hash that orders the names of a directory: half MD4 of {@code fs/ext4/hash.c}, the only one
 * that is made by default. Needed because the kernel shows it as a part of names that it cannot
 * decrypt.
 *
 * @param known false if the volume uses another hash
 * @param signed bytes of names count as signed
 */
record DirectoryHash(boolean known, boolean signed, int seed0, int seed1, int seed2, int seed3) {
  private static final int HALF_MD4 = 1;
  private static final int UNSIGNED_FLAG = 2;
  private static final int WORDS = 8;
  private static final int K2 = 0x5a827999;
  private static final int K3 = 0x6ed9eba1;

  /** {@code EXT4_HTREE_EOF_32BIT}, shifted: a position that no name has. */
  private static final int END = 0xfffffffe;

  static DirectoryHash parse(StructView sb) {
    boolean seeded = (sb.i32le(0xec) | sb.i32le(0xf0) | sb.i32le(0xf4) | sb.i32le(0xf8)) != 0;
    return new DirectoryHash(
        sb.u8(0xfc) == HALF_MD4,
        (sb.u32le(0x160) & UNSIGNED_FLAG) == 0,
        seeded ? sb.i32le(0xec) : 0x67452301,
        seeded ? sb.i32le(0xf0) : 0xefcdab89,
        seeded ? sb.i32le(0xf4) : 0x98badcfe,
        seeded ? sb.i32le(0xf8) : 0x10325476);
  }

  /** Major hash in the lower, minor hash in the upper half. */
  long of(byte[] name) {
    int[] state = {seed0, seed1, seed2, seed3};
    for (int at = 0; at < name.length; at += WORDS * Integer.BYTES) {
      transform(state, words(name, at));
    }
    int hash = state[1] & ~1;
    return pair(hash == END ? END - 2 : hash, state[2]);
  }

  /** Two halves as {@link #of} gives them. */
  static long pair(int major, int minor) {
    return (major & 0xffff_ffffL) | ((long) minor << 32);
  }

  /** {@code str2hashbuf_signed} and its unsigned twin: what is missing is made of the length. */
  private int[] words(byte[] name, int from) {
    int left = name.length - from;
    int pad = left | left << 8;
    pad |= pad << 16;
    int[] words = new int[WORDS];
    for (int word = 0; word < WORDS; word++) {
      int value = pad;
      for (int i = 0; i < Integer.BYTES && word * Integer.BYTES + i < left; i++) {
        byte b = name[from + word * Integer.BYTES + i];
        value = (signed ? b : b & 0xff) + (value << 8);
      }
      words[word] = value;
    }
    return words;
  }

  private static void transform(int[] state, int[] in) {
    int[] s = state.clone();
    for (int i = 0; i < WORDS; i++) {
      int x = s[1];
      int y = s[2];
      int z = s[3];
      rotate(s, (z ^ (x & (y ^ z))) + in[i], new int[] {3, 7, 11, 19}[i % 4]);
    }
    for (int i = 0; i < WORDS; i++) {
      int x = s[1];
      int y = s[2];
      int z = s[3];
      int word = in[i < 4 ? 2 * i + 1 : 2 * (i - 4)];
      rotate(s, (x & y) + ((x ^ y) & z) + word + K2, new int[] {3, 5, 9, 13}[i % 4]);
    }
    int[] order = {3, 7, 2, 6, 1, 5, 0, 4};
    for (int i = 0; i < WORDS; i++) {
      rotate(s, (s[1] ^ s[2] ^ s[3]) + in[order[i]] + K3, new int[] {3, 9, 11, 15}[i % 4]);
    }
    for (int i = 0; i < state.length; i++) {
      state[i] += s[i];
    }
  }

  /** One step: a = (a + value) rotated; then the four change their roles. */
  private static void rotate(int[] s, int value, int bits) {
    int a = Integer.rotateLeft(s[0] + value, bits);
    s[0] = s[3];
    s[3] = s[2];
    s[2] = s[1];
    s[1] = a;
  }
}
