package io.amivet.artifact.key;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A public key in the SSH encoding (RFC 4253 section 6.6, RFC 5656, RFC 8709, OpenSSH's
 * PROTOCOL.u2f and PROTOCOL.certkeys), checked to its last byte.
 *
 * @param type as written in front of the blob, {@code ssh-ed25519}
 * @param bits size of the modulus or of the curve
 * @param fingerprint as {@code ssh-keygen -l} prints it; that of the plain key for a certificate
 */
public record SshPublicKey(String type, int bits, String fingerprint) {
  private static final String CERTIFICATE_SUFFIX = "-cert-v01@openssh.com";

  /** OpenSSH refuses moduli above 16,384 bits. */
  private static final int MAX_MODULUS_BITS = 16_384;

  private static final Map<String, Integer> CURVE_BITS =
      Map.of("nistp256", 256, "nistp384", 384, "nistp521", 521);

  /** The key in {@code blob}, unless it is malformed or of another type than {@code type}. */
  public static Optional<SshPublicKey> of(String type, byte[] blob) {
    try {
      return Optional.of(parse(type, blob));
    } catch (MalformedKeyException e) {
      return Optional.empty();
    }
  }

  /** Whether OpenSSH knows a key type of this name. */
  public static boolean isKnownType(String type) {
    return switch (plainType(type)) {
      case "ssh-rsa",
          "ssh-dss",
          "ssh-ed25519",
          "sk-ssh-ed25519@openssh.com",
          "sk-ecdsa-sha2-nistp256@openssh.com",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521" ->
          true;
      default -> false;
    };
  }

  static SshPublicKey parse(String type, byte[] blob) throws MalformedKeyException {
    if (!isKnownType(type)) {
      throw new MalformedKeyException("unknown key type");
    }
    WireReader reader = new WireReader(blob);
    if (!reader.text().equals(type)) {
      throw new MalformedKeyException("type differs from the type inside the blob");
    }
    boolean certificate = type.endsWith(CERTIFICATE_SUFFIX);
    if (certificate) {
      reader.string(); // nonce
    }
    byte[] fields = reader.rest();
    WireReader key = new WireReader(fields);
    int bits = readFields(plainType(type), key);
    if (!certificate && !key.atEnd()) {
      throw new MalformedKeyException("trailing bytes");
    }
    int keyLength = fields.length - key.rest().length;
    return new SshPublicKey(type, bits, fingerprint(plainBlob(type, fields, keyLength)));
  }

  /** The fingerprint of a blob in the form of {@code ssh-keygen -l}. */
  static String fingerprint(byte[] blob) {
    return "SHA256:"
        + Base64.getEncoder().withoutPadding().encodeToString(DigestUtils.sha256(blob));
  }

  private static String plainType(String type) {
    if (!type.endsWith(CERTIFICATE_SUFFIX)) {
      return type;
    }
    String plain = type.substring(0, type.length() - CERTIFICATE_SUFFIX.length());
    return plain.startsWith("sk-") ? plain + "@openssh.com" : plain;
  }

  private static byte[] plainBlob(String type, byte[] fields, int keyLength) {
    byte[] name = plainType(type).getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.writeBytes(new byte[] {0, 0, 0, (byte) name.length});
    plain.writeBytes(name);
    plain.write(fields, 0, keyLength);
    return plain.toByteArray();
  }

  private static int readFields(String plainType, WireReader reader) throws MalformedKeyException {
    return switch (plainType) {
      case "ssh-rsa" -> {
        reader.mpint(); // e
        yield modulusBits(reader);
      }
      case "ssh-dss" -> {
        int bits = modulusBits(reader);
        reader.mpint(); // q
        reader.mpint(); // g
        reader.mpint(); // y
        yield bits;
      }
      case "ssh-ed25519" -> edwardsPoint(reader);
      case "sk-ssh-ed25519@openssh.com" -> {
        int bits = edwardsPoint(reader);
        reader.string(); // application
        yield bits;
      }
      case "sk-ecdsa-sha2-nistp256@openssh.com" -> {
        int bits = curvePoint("nistp256", reader);
        reader.string(); // application
        yield bits;
      }
      default -> curvePoint(plainType.substring("ecdsa-sha2-".length()), reader);
    };
  }

  private static int modulusBits(WireReader reader) throws MalformedKeyException {
    int bits = reader.mpint().bitLength();
    if (bits < 512 || bits > MAX_MODULUS_BITS) {
      throw new MalformedKeyException("modulus of " + bits + " bits");
    }
    return bits;
  }

  private static int edwardsPoint(WireReader reader) throws MalformedKeyException {
    if (reader.string().length != 32) {
      throw new MalformedKeyException("an Ed25519 point has 32 bytes");
    }
    return 256;
  }

  private static int curvePoint(String curve, WireReader reader) throws MalformedKeyException {
    Integer bits = CURVE_BITS.get(curve);
    if (bits == null || !reader.text().equals(curve)) {
      throw new MalformedKeyException("curve differs from the key type");
    }
    byte[] point = reader.string();
    int coordinateBytes = (bits + 7) / 8;
    if (point.length != 1 + 2 * coordinateBytes || point[0] != 4) {
      throw new MalformedKeyException("not an uncompressed point of " + curve);
    }
    return bits;
  }
}
