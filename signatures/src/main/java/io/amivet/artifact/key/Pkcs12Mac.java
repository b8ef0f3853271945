package io.amivet.artifact.key;

import java.security.MessageDigest;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.jspecify.annotations.Nullable;

/**
 * The integrity check of PKCS #12 (RFC 7292, appendix B), which tells whether a password is right.
 */
final class Pkcs12Mac {
  private static final int MAX_SALT_BYTES = 1024;

  private Pkcs12Mac() {}

  /**
   * Which password is right.
   *
   * @param mac absent from files made without a password, and those are then not tried
   * @param safes what it is computed over
   */
  static Keystore.Lock lock(@Nullable MacData mac, byte[] safes) {
    if (mac == null) {
      return Keystore.Lock.UNTRIED;
    }
    Optional<Digest> digest = digest(mac.getMac().getAlgorithmId().getAlgorithm());
    int bits = mac.getIterationCount().bitLength();
    if (digest.isEmpty() || bits > 31 || mac.getSalt().length > MAX_SALT_BYTES) {
      return Keystore.Lock.UNTRIED;
    }
    int iterations = mac.getIterationCount().intValue();
    if (iterations < 1) {
      return Keystore.Lock.UNTRIED;
    }
    long rounds = iterations + safes.length / 64L;
    byte[] expected = mac.getMac().getDigest();
    return StorePasswords.open(
        rounds,
        password -> {
          char[] chars = password.toCharArray();
          byte[] bytes = PBEParametersGenerator.PKCS12PasswordToBytes(chars);
          boolean opens = isRight(digest.get(), bytes, mac.getSalt(), iterations, safes, expected);
          // No password at all is written in two ways.
          return opens
              || (password.isEmpty()
                  && isRight(
                      digest.get(), new byte[2], mac.getSalt(), iterations, safes, expected));
        });
  }

  private static boolean isRight(
      Digest digest, byte[] password, byte[] salt, int iterations, byte[] safes, byte[] expected) {
    // The MAC of the password before leaves it in the middle of a message.
    digest.reset();
    PKCS12ParametersGenerator generator = new PKCS12ParametersGenerator(digest);
    generator.init(password, salt, iterations);
    HMac mac = new HMac(digest);
    mac.init(generator.generateDerivedMacParameters(digest.getDigestSize() * 8));
    mac.update(safes, 0, safes.length);
    byte[] made = new byte[mac.getMacSize()];
    mac.doFinal(made, 0);
    return MessageDigest.isEqual(made, expected);
  }

  private static Optional<Digest> digest(ASN1ObjectIdentifier name) {
    if (name.equals(OIWObjectIdentifiers.idSHA1)) {
      return Optional.of(new SHA1Digest());
    }
    if (name.equals(NISTObjectIdentifiers.id_sha256)) {
      return Optional.of(new SHA256Digest());
    }
    if (name.equals(NISTObjectIdentifiers.id_sha384)) {
      return Optional.of(new SHA384Digest());
    }
    if (name.equals(NISTObjectIdentifiers.id_sha512)) {
      return Optional.of(new SHA512Digest());
    }
    return Optional.empty();
  }
}
