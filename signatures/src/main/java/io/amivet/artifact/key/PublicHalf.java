package io.amivet.artifact.key;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.Ed448PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * The public key that belongs to a private one.
 *
 * @param type SSH's name where SSH has one, else {@code ec}, {@code ed448} or {@code other}
 * @param bits size of modulus or curve, 0 if unknown
 * @param fingerprint SHA-256 over the SSH blob as {@code ssh-keygen -l} prints it; over the
 *     SubjectPublicKeyInfo ({@code SPKI-SHA256:}) for keys that SSH cannot use
 */
record PublicHalf(String type, int bits, String fingerprint) {

  /** What is known of a key whose container does not show its public half. */
  static final PublicHalf HIDDEN = new PublicHalf("", 0, "");

  static PublicHalf of(AsymmetricKeyParameter key) throws MalformedKeyException {
    try {
      byte[] blob = sshBlob(key);
      if (blob.length > 0) {
        WireReader reader = new WireReader(blob);
        SshPublicKey ssh = SshPublicKey.parse(reader.text(), blob);
        return new PublicHalf(ssh.type(), ssh.bits(), ssh.fingerprint());
      }
      byte[] spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key).getEncoded("DER");
      String digest = Base64.getEncoder().withoutPadding().encodeToString(DigestUtils.sha256(spki));
      return new PublicHalf(typeOf(key), bitsOf(key), "SPKI-SHA256:" + digest);
    } catch (IOException e) {
      throw new MalformedKeyException("public half cannot be encoded", e);
    }
  }

  /** The public half of a certificate's key, to compare with that of a private key. */
  static PublicHalf of(SubjectPublicKeyInfo spki) throws MalformedKeyException {
    AlgorithmIdentifier algorithm = spki.getAlgorithm();
    try {
      if (isRsa(algorithm)) {
        RSAPublicKey rsa = RSAPublicKey.getInstance(spki.parsePublicKey());
        // The last argument skips a primality test that costs seconds for a hostile modulus.
        return of(new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent(), true));
      }
      if (!isEllipticOnNamedCurve(algorithm)) {
        throw new MalformedKeyException("unsupported algorithm");
      }
      return of(PublicKeyFactory.createKey(spki));
    } catch (IOException e) {
      throw new MalformedKeyException("public key of a certificate", e);
    }
  }

  static boolean isRsa(AlgorithmIdentifier algorithm) {
    return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
        || algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
  }

  /** Explicit curve parameters are refused: they let the file choose the work to be done. */
  static boolean isEllipticOnNamedCurve(AlgorithmIdentifier algorithm) {
    ASN1ObjectIdentifier name = algorithm.getAlgorithm();
    return name.equals(EdECObjectIdentifiers.id_Ed25519)
        || name.equals(EdECObjectIdentifiers.id_Ed448)
        || (name.equals(X9ObjectIdentifiers.id_ecPublicKey)
            && algorithm.getParameters() instanceof ASN1ObjectIdentifier);
  }

  private static byte[] sshBlob(AsymmetricKeyParameter key) throws IOException {
    boolean known =
        key instanceof RSAKeyParameters
            || key instanceof DSAPublicKeyParameters
            || key instanceof Ed25519PublicKeyParameters
            || (key instanceof ECPublicKeyParameters ec && isNistCurve(ec));
    return known ? OpenSSHPublicKeyUtil.encodePublicKey(key) : new byte[0];
  }

  private static boolean isNistCurve(ECPublicKeyParameters key) {
    return Arrays.stream(new String[] {"P-256", "P-384", "P-521"})
        .map(org.bouncycastle.crypto.ec.CustomNamedCurves::getByName)
        .anyMatch(curve -> curve.getCurve().equals(key.getParameters().getCurve()));
  }

  private static String typeOf(AsymmetricKeyParameter key) {
    return switch (key) {
      case ECPublicKeyParameters _ -> "ec";
      case Ed448PublicKeyParameters _ -> "ed448";
      default -> "other";
    };
  }

  private static int bitsOf(AsymmetricKeyParameter key) {
    return switch (key) {
      case ECPublicKeyParameters ec -> ec.getParameters().getCurve().getFieldSize();
      case Ed448PublicKeyParameters _ -> 456;
      default -> 0;
    };
  }
}
