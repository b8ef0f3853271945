package io.amivet.artifact.key;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.DSAParameters;
import org.bouncycastle.crypto.params.DSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.DSAPublicKeyParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * Private keys in PEM: PKCS#1 (RFC 8017), SEC1 (RFC 5915), OpenSSL's DSA, PKCS#8 plain and
 * encrypted (RFC 5958, RFC 8018), OpenSSH's own and OpenPGP's armour.
 */
final class PemKeys {
  private static final Set<String> LABELS =
      Set.of(
          "RSA PRIVATE KEY",
          "EC PRIVATE KEY",
          "DSA PRIVATE KEY",
          "PRIVATE KEY",
          "ENCRYPTED PRIVATE KEY",
          "OPENSSH PRIVATE KEY",
          "PGP PRIVATE KEY BLOCK");

  private static final int MAX_MODULUS_BITS = 16_384;

  private PemKeys() {}

  static List<FoundKey> find(String text) {
    List<FoundKey> keys = new ArrayList<>();
    for (PemBlock block : PemBlock.find(text, LABELS)) {
      tryDecode(block).ifPresent(keys::add);
    }
    return keys;
  }

  /** Empty for a placeholder, an excerpt or a broken copy: nobody can log in with it. */
  private static Optional<FoundKey> tryDecode(PemBlock block) {
    try {
      return Optional.of(decode(block));
    } catch (MalformedKeyException e) {
      return Optional.empty();
    }
  }

  private static FoundKey decode(PemBlock block) throws MalformedKeyException {
    if (block.headers().getOrDefault("Proc-Type", "").contains("ENCRYPTED")) {
      return legacyEncrypted(block);
    }
    return switch (block.label()) {
      case "OPENSSH PRIVATE KEY" -> OpenSshKey.decode(block);
      case "PGP PRIVATE KEY BLOCK" -> openPgp(block);
      case "ENCRYPTED PRIVATE KEY" -> encryptedPkcs8(block);
      default -> plain(block);
    };
  }

  /** OpenSSL's own encryption: one round of MD5 turns the passphrase into a key. */
  private static FoundKey legacyEncrypted(PemBlock block) throws MalformedKeyException {
    String[] dekInfo = block.headers().getOrDefault("DEK-Info", "").split(",", 2);
    boolean des = dekInfo[0].startsWith("DES");
    int blockBytes = des ? 8 : 16;
    boolean whole = block.body().length >= 64 && block.body().length % blockBytes == 0;
    if (dekInfo.length != 2 || dekInfo[1].length() != 2 * blockBytes || !whole) {
      throw new MalformedKeyException("encrypted body does not fit DEK-Info");
    }
    return FoundKey.encrypted(
        formatOf(block.label()), PublicHalf.HIDDEN, "md5 " + dekInfo[0], block);
  }

  private static FoundKey plain(PemBlock block) throws MalformedKeyException {
    DerShape.check(block.body());
    try {
      AsymmetricKeyParameter publicKey =
          switch (block.label()) {
            case "RSA PRIVATE KEY" -> rsa(block.body());
            case "DSA PRIVATE KEY" -> dsa(block.body());
            case "EC PRIVATE KEY" -> publicOf(sec1(block.body()));
            default -> pkcs8(block.body());
          };
      return FoundKey.plain(formatOf(block.label()), PublicHalf.of(publicKey), block);
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle reports bad input by unchecked exceptions of many kinds.
      throw new MalformedKeyException("not a " + block.label(), e);
    }
  }

  private static AsymmetricKeyParameter rsa(byte[] der) throws MalformedKeyException {
    DerShape.check(der); // in PKCS#8 it was inside an octet string, unseen so far
    RSAPrivateKey key = RSAPrivateKey.getInstance(ASN1Sequence.getInstance(der));
    return rsaPublic(key.getModulus(), key.getPublicExponent(), key.getPrime1(), key.getPrime2());
  }

  private static AsymmetricKeyParameter rsaPublic(
      BigInteger n, BigInteger e, BigInteger p, BigInteger q) throws MalformedKeyException {
    if (n.bitLength() > MAX_MODULUS_BITS || !p.multiply(q).equals(n)) {
      throw new MalformedKeyException("modulus is not the product of the primes");
    }
    // The last argument skips a primality test that costs seconds for a hostile modulus.
    return new RSAKeyParameters(false, n, e, true);
  }

  private static AsymmetricKeyParameter pkcs8(byte[] der)
      throws IOException, MalformedKeyException {
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(ASN1Sequence.getInstance(der));
    AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
    if (PublicHalf.isRsa(algorithm)) {
      return rsa(info.getPrivateKey().getOctets());
    }
    if (!PublicHalf.isEllipticOnNamedCurve(algorithm)
        && !algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_dsa)) {
      throw new MalformedKeyException("unsupported algorithm");
    }
    return publicOf(PrivateKeyFactory.createKey(info));
  }

  private static AsymmetricKeyParameter dsa(byte[] der) throws MalformedKeyException {
    ASN1Sequence fields = ASN1Sequence.getInstance(der);
    BigInteger[] v = new BigInteger[6];
    for (int i = 0; i < v.length; i++) {
      v[i] = ASN1Integer.getInstance(fields.getObjectAt(i)).getPositiveValue();
    }
    // version, p, q, g, y, x
    requireDsaRange(v[1], v[2], v[5]);
    if (!v[3].modPow(v[5], v[1]).equals(v[4])) {
      throw new MalformedKeyException("the halves of the DSA key differ");
    }
    return new DSAPublicKeyParameters(v[4], new DSAParameters(v[1], v[2], v[3]));
  }

  private static AsymmetricKeyParameter sec1(byte[] der) throws IOException, MalformedKeyException {
    ECPrivateKey key = ECPrivateKey.getInstance(ASN1Sequence.getInstance(der));
    if (!(key.getParametersObject() instanceof ASN1ObjectIdentifier curve)) {
      throw new MalformedKeyException("only named curves");
    }
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
    return PrivateKeyFactory.createKey(new PrivateKeyInfo(algorithm, key));
  }

  private static AsymmetricKeyParameter publicOf(AsymmetricKeyParameter key)
      throws MalformedKeyException {
    return switch (key) {
      case ECPrivateKeyParameters ec ->
          new ECPublicKeyParameters(
              new FixedPointCombMultiplier().multiply(ec.getParameters().getG(), ec.getD()),
              ec.getParameters());
      case DSAPrivateKeyParameters dsa -> dsaPublic(dsa);
      case Ed25519PrivateKeyParameters ed -> ed.generatePublicKey();
      case Ed448PrivateKeyParameters ed -> ed.generatePublicKey();
      default -> throw new MalformedKeyException("unsupported algorithm");
    };
  }

  /** Keeps exponentiations small; FIPS 186-4 ends at p of 3,072 and q of 256 bits. */
  private static void requireDsaRange(BigInteger p, BigInteger q, BigInteger x)
      throws MalformedKeyException {
    if (p.bitLength() > 4_096 || q.bitLength() > 512 || x.compareTo(q) >= 0 || p.signum() == 0) {
      throw new MalformedKeyException("DSA parameters out of range");
    }
  }

  private static AsymmetricKeyParameter dsaPublic(DSAPrivateKeyParameters key)
      throws MalformedKeyException {
    DSAParameters parameters = key.getParameters();
    requireDsaRange(parameters.getP(), parameters.getQ(), key.getX());
    BigInteger y = parameters.getG().modPow(key.getX(), parameters.getP());
    return new DSAPublicKeyParameters(y, parameters);
  }

  private static FoundKey encryptedPkcs8(PemBlock block) throws MalformedKeyException {
    DerShape.check(block.body());
    try {
      EncryptedPrivateKeyInfo info =
          EncryptedPrivateKeyInfo.getInstance(ASN1Sequence.getInstance(block.body()));
      if (info.getEncryptedData().length < 16) {
        throw new MalformedKeyException("no encrypted data");
      }
      String kdf = kdf(info.getEncryptionAlgorithm());
      return FoundKey.encrypted("pkcs8", PublicHalf.HIDDEN, kdf, block);
    } catch (RuntimeException e) {
      throw new MalformedKeyException("not a " + block.label(), e);
    }
  }

  private static String kdf(AlgorithmIdentifier algorithm) {
    if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      return "pbes1 " + algorithm.getAlgorithm().getId();
    }
    var function = PBES2Parameters.getInstance(algorithm.getParameters()).getKeyDerivationFunc();
    if (!function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      return "scrypt";
    }
    PBKDF2Params parameters = PBKDF2Params.getInstance(function.getParameters());
    return "pbkdf2 iterations=" + parameters.getIterationCount();
  }

  /** Packet tag 5 is a secret key (RFC 9580 section 5), in the old or the new packet format. */
  private static FoundKey openPgp(PemBlock block) throws MalformedKeyException {
    int header = block.body()[0] & 0xff;
    int tag = (header & 0x40) != 0 ? header & 0x3f : header >> 2 & 0x0f;
    if ((header & 0x80) == 0 || tag != 5 || block.body().length < 64) {
      throw new MalformedKeyException("no secret key packet");
    }
    return FoundKey.plain("openpgp", PublicHalf.HIDDEN, block);
  }

  private static String formatOf(String label) {
    return switch (label) {
      case "RSA PRIVATE KEY" -> "pkcs1";
      case "EC PRIVATE KEY" -> "sec1";
      case "DSA PRIVATE KEY" -> "dsa";
      default -> "pkcs8";
    };
  }
}
