package io.amivet.artifact.account;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The yescrypt password hash, {@code $y$} of crypt(5): the default of Debian, Ubuntu and Fedora.
 * Written after the specification that accompanies the PHC submission, in the variant that all
 * distributions configure: read-write mode with 12 KiB S-boxes, p = 1, t = 0, no ROM, no upgrades.
 * Other variants are left alone.
 */
final class Yescrypt {

  /** YESCRYPT_RW + ROUNDS_6 + GATHER_4 + SIMPLE_2 + SBOX_12K = 0xb6, written (0xb6 - 2) / 4 + 2. */
  private static final int DEFAULT_FLAVOR = 47;

  private Yescrypt() {}

  /**
   * The parameters of a hash.
   *
   * @param n number of blocks, a power of two
   * @param r block size in units of 128 bytes
   */
  record Parameters(int n, int r, byte[] salt) {
    long memoryBytes() {
      return 128L * n * r;
    }
  }

  /** The parameters and salt of {@code $y$…}, unless it is of another variant or implausible. */
  static Optional<Parameters> parameters(String hash) {
    String[] parts = hash.split("\\$", -1);
    if (parts.length != 5) {
      return Optional.empty();
    }
    Radix64.Numbers numbers = new Radix64.Numbers(parts[2]);
    int flavor = numbers.next(0);
    int nLog2 = numbers.next(1);
    int r = numbers.next(1);
    Optional<byte[]> salt = Radix64.decode(parts[3]);
    boolean usual = flavor == DEFAULT_FLAVOR && numbers.atEnd();
    boolean plausible = nLog2 >= 1 && nLog2 <= 18 && r >= 1 && r <= 64;
    return usual && plausible
        ? salt.map(bytes -> new Parameters(1 << nLog2, r, bytes))
        : Optional.empty();
  }

  /** The last part of the hash of {@code password}, as crypt(3) writes it. */
  static String hash(byte[] password, Parameters parameters) {
    byte[] secret = password;
    int n = parameters.n();
    if (n >= 0x100 && (long) n * parameters.r() >= 0x20000) {
      // Large settings first go through a small one, so that a password cannot be tested cheaply.
      secret = derive(secret, parameters.salt(), n >> 6, parameters.r(), true);
    }
    return Radix64.encode(derive(secret, parameters.salt(), n, parameters.r(), false));
  }

  private static byte[] derive(byte[] password, byte[] salt, int n, int r, boolean prehash) {
    byte[] label = Sha256.latin1(prehash ? "yescrypt-prehash" : "yescrypt");
    byte[] key = Sha256.hmac(label, password);
    byte[] block = Sha256.pbkdf2(key, salt, 128 * r);
    byte[] first = Arrays.copyOf(block, 32);
    int[] words = toWords(block);
    byte[] mixed = YescryptMix.mix(words, n, r, first);
    byte[] dk = Sha256.pbkdf2(mixed, toBytes(words), 32);
    if (prehash) {
      return dk;
    }
    return Sha256.digest(Sha256.hmac(dk, Sha256.latin1("Client Key")));
  }

  static int[] toWords(byte[] bytes) {
    int[] words = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    return words;
  }

  static byte[] toBytes(int[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(words);
    return bytes.array();
  }
}
