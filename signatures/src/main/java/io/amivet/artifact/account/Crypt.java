package io.amivet.artifact.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.Md5Crypt;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.apache.commons.codec.digest.UnixCrypt;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * crypt(3): whether a word is the password behind a hash. Knows DES, MD5, SHA-1, SHA-256, SHA-512,
 * bcrypt, scrypt, NT, yescrypt and gost-yescrypt, and of web servers apr1, SHA-1 in base64 and
 * digests; not BSDi and SunMD5.
 */
final class Crypt {

  /** The cost of a hash that is not to be tried at all. */
  static final long IMPOSSIBLE = Long.MAX_VALUE;

  private static final Set<String> SUPPORTED =
      Set.of(
          "des",
          "md5",
          "apr1",
          "sha",
          "digest",
          "sha1",
          "sha256",
          "sha512",
          "bcrypt",
          "scrypt",
          "nt",
          "yescrypt",
          "gost-yescrypt");

  private static final long MAX_MEMORY_BYTES = 64L << 20;

  private Crypt() {}

  /** Whether the scheme is one that {@link #matches} can compute. */
  static boolean supports(PasswordField field) {
    return SUPPORTED.contains(field.scheme());
  }

  /**
   * About how many milliseconds one guess takes on a slow core. An estimate from the parameters and
   * not a measurement, so that a report does not depend on the machine.
   */
  static long costMillis(PasswordField field) {
    return switch (field.scheme()) {
      case "des", "md5", "apr1", "sha", "digest" -> 1;
      case "sha1" -> 1 + Math.clamp(Long.parseLong(field.cost()), 1, 9_999_999_999L) / 1_000;
      case "sha256", "sha512" -> {
        long rounds = field.cost().isEmpty() ? 5_000 : Long.parseLong(field.cost());
        yield 1 + Math.clamp(rounds, 1_000, 999_999_999) / 1_000;
      }
      case "bcrypt" -> {
        int cost = Integer.parseInt(field.cost());
        yield cost < 4 || cost > 14 || field.hash().startsWith("$2x")
            ? IMPOSSIBLE
            : 1L << (cost - 3);
      }
      case "scrypt" ->
          ScryptSetting.parse(field.hash())
              .map(s -> memoryCost(s.memoryBytes() * s.p()))
              .orElse(IMPOSSIBLE);
      case "nt" -> 1;
      case "yescrypt", "gost-yescrypt" ->
          Yescrypt.parameters(field.hash())
              .map(p -> memoryCost(p.memoryBytes()))
              .orElse(IMPOSSIBLE);
      default -> IMPOSSIBLE;
    };
  }

  private static long memoryCost(long memoryBytes) {
    return memoryBytes > MAX_MEMORY_BYTES ? IMPOSSIBLE : 1 + (memoryBytes >> 18);
  }

  /** Whether {@code word} opens the hash; asked only where {@link #costMillis} is affordable. */
  static boolean matches(PasswordField field, String word) {
    try {
      return computesTo(field, word);
    } catch (IllegalArgumentException unusual) {
      // The libraries refuse salts of other characters than crypt(3) makes.
      return false;
    }
  }

  private static boolean computesTo(PasswordField field, String word) {
    String hash = field.hash();
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return switch (field.scheme()) {
      case "des" -> same(hash, UnixCrypt.crypt(bytes, hash.substring(0, 2)));
      case "md5" -> same(hash, Md5Crypt.md5Crypt(bytes, setting(hash)));
      case "apr1" -> same(hash, Md5Crypt.apr1Crypt(bytes, setting(hash)));
      case "sha" -> same(hash, "{SHA}" + Base64.getEncoder().encodeToString(sha1(bytes)));
      case "digest" -> same(lastPart(hash, ':'), digest(hash, word));
      case "sha1" -> same(lastPart(hash), Sha1Crypt.hash(bytes, hash));
      case "sha256" -> same(hash, Sha2Crypt.sha256Crypt(bytes, setting(hash)));
      case "sha512" -> same(hash, Sha2Crypt.sha512Crypt(bytes, setting(hash)));
      case "bcrypt" -> OpenBSDBCrypt.checkPassword(hash, word.toCharArray());
      case "scrypt" ->
          ScryptSetting.parse(hash).map(s -> same(lastPart(hash), scrypt(bytes, s))).orElse(false);
      case "yescrypt" ->
          Yescrypt.parameters(hash)
              .map(p -> same(lastPart(hash), Yescrypt.hash(bytes, p)))
              .orElse(false);
      case "nt" -> same(hash, "$3$$" + HexFormat.of().formatHex(Md4.ofUtf16(word)));
      case "gost-yescrypt" ->
          Yescrypt.parameters(hash)
              .map(p -> same(lastPart(hash), Streebog.seal(bytes, hash, Yescrypt.hash(bytes, p))))
              .orElse(false);
      default -> false;
    };
  }

  private static String scrypt(byte[] word, ScryptSetting s) {
    return Radix64.encode(SCrypt.generate(word, s.salt(), s.n(), s.r(), s.p(), 32));
  }

  private static String setting(String hash) {
    return hash.substring(0, hash.lastIndexOf('$'));
  }

  private static String lastPart(String hash) {
    return lastPart(hash, '$');
  }

  private static String lastPart(String hash, char separator) {
    return hash.substring(hash.lastIndexOf(separator) + 1);
  }

  /** RFC 7616, section 3.4.2: {@code H(user:realm:password)}. */
  private static String digest(String hash, String word) {
    String userAndRealm = hash.substring(0, hash.lastIndexOf(':') + 1);
    return DigestUtils.md5Hex((userAndRealm + word).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha1(byte[] bytes) {
    return DigestUtils.sha1(bytes);
  }

  private static boolean same(String left, String right) {
    return MessageDigest.isEqual(Sha256.latin1(left), Sha256.latin1(right));
  }

  /** The setting of {@code $7$}: N as a power of two, r and p in 30 bits each, then the salt. */
  private record ScryptSetting(int n, int r, int p, byte[] salt) {

    static java.util.Optional<ScryptSetting> parse(String hash) {
      int nLog2 = Radix64.value(hash.charAt(3));
      int r = number(hash, 4);
      int p = number(hash, 9);
      if (nLog2 < 1 || nLog2 > 20 || r < 1 || r > 64 || p < 1 || p > 4) {
        return java.util.Optional.empty();
      }
      byte[] salt = Sha256.latin1(hash.substring(14, hash.lastIndexOf('$')));
      return java.util.Optional.of(new ScryptSetting(1 << nLog2, r, p, salt));
    }

    long memoryBytes() {
      return 128L * n * r;
    }

    private static int number(String hash, int from) {
      int number = 0;
      for (int i = 0; i < 5; i++) {
        number |= Radix64.value(hash.charAt(from + i)) << (6 * i);
      }
      return number;
    }
  }
}
