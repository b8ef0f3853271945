package io.amivet.btrfs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.stream.Stream;

/** BLAKE2b with a digest of 32 bytes and no key (RFC 7693). */
final class Blake2b {
  static final int DIGEST_BYTES = 32;
  private static final int BLOCK_BYTES = 128;
  private static final int ROUNDS = 12;

  private static final long[] IV = {
    0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L,
  };

  /** The message schedule, one row of indexes for each of ten rounds. */
  private static final int[][] SIGMA =
      Stream.of(
              "0123456789abcdef",
              "ea489fd61c02b753",
              "b8c052fdae367194",
              "7931dcbe265a40f8",
              "905724afe1bc683d",
              "2c6a0b834d75fe19",
              "c51fed4a0763928b",
              "db7ec13950f4862a",
              "6fe9b308c2d714a5",
              "a2847615fb9e3cd0")
          .map(row -> row.chars().map(digit -> Character.digit(digit, 16)).toArray())
          .toArray(int[][]::new);

  private static final ValueLayout.OfLong U64LE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final long[] state = IV.clone();
  private final long[] message = new long[16];
  private final long[] work = new long[16];

  private Blake2b() {
    state[0] ^= 0x0101_0000L ^ DIGEST_BYTES;
  }

  static byte[] of(MemorySegment bytes) {
    Blake2b hash = new Blake2b();
    long length = bytes.byteSize();
    long at = 0;
    for (; at < length - BLOCK_BYTES; at += BLOCK_BYTES) {
      hash.compress(bytes.asSlice(at, BLOCK_BYTES), at + BLOCK_BYTES, false);
    }
    MemorySegment last = MemorySegment.ofArray(new byte[BLOCK_BYTES]);
    MemorySegment.copy(bytes, at, last, 0, length - at);
    hash.compress(last, length, true);
    byte[] digest = new byte[DIGEST_BYTES];
    for (int i = 0; i < DIGEST_BYTES / Long.BYTES; i++) {
      MemorySegment.ofArray(digest).set(U64LE, (long) i * Long.BYTES, hash.state[i]);
    }
    return digest;
  }

  private void compress(MemorySegment block, long countBytes, boolean last) {
    for (int i = 0; i < 16; i++) {
      message[i] = block.get(U64LE, (long) i * Long.BYTES);
    }
    System.arraycopy(state, 0, work, 0, 8);
    System.arraycopy(IV, 0, work, 8, 8);
    work[12] ^= countBytes;
    if (last) {
      work[14] = ~work[14];
    }
    for (int round = 0; round < ROUNDS; round++) {
      round(SIGMA[round % SIGMA.length]);
    }
    for (int i = 0; i < 8; i++) {
      state[i] ^= work[i] ^ work[i + 8];
    }
  }

  private void round(int[] sigma) {
    for (int i = 0; i < 4; i++) {
      mix(i, 4 + i, 8 + i, 12 + i, sigma, 2 * i);
    }
    for (int i = 0; i < 4; i++) {
      mix(i, 4 + ((i + 1) & 3), 8 + ((i + 2) & 3), 12 + ((i + 3) & 3), sigma, 8 + 2 * i);
    }
  }

  private void mix(int a, int b, int c, int d, int[] sigma, int at) {
    long x = message[sigma[at]];
    long y = message[sigma[at + 1]];
    work[a] += work[b] + x;
    work[d] = Long.rotateRight(work[d] ^ work[a], 32);
    work[c] += work[d];
    work[b] = Long.rotateRight(work[b] ^ work[c], 24);
    work[a] += work[b] + y;
    work[d] = Long.rotateRight(work[d] ^ work[a], 16);
    work[c] += work[d];
    work[b] = Long.rotateRight(work[b] ^ work[c], 63);
  }
}
