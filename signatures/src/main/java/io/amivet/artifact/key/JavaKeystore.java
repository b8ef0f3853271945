package io.amivet.artifact.key;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * JKS and JCEKS, the files of {@code sun.security.provider.JavaKeyStore} and {@code
 * com.sun.crypto.provider.JceKeyStore}, and BKS of Bouncy Castle, which is only recognised. Names
 * and certificates are in the clear; a digest over the password and the file says whether the
 * password is right. The JDK's own reader is not used: it deserialises the secret keys of JCEKS.
 */
final class JavaKeystore {
  private static final int JKS_MAGIC = 0xfeedfeed;
  private static final int JCEKS_MAGIC = 0xcececece;
  private static final int DIGEST_BYTES = 20;
  private static final byte[] WHITENER = "Mighty Aphrodite".getBytes(StandardCharsets.US_ASCII);

  private static final int PRIVATE_KEY = 1;
  private static final int CERTIFICATE = 2;
  private static final int SECRET_KEY = 3;

  private static final int BKS_SALT_BYTES = 20;
  private static final int MAX_BKS_ITERATIONS = 10_000_000;

  private final String format;
  private final int version;
  private int privateKeys;
  private int secretKeys;
  private int certificates;
  private final List<byte[]> bodies = new ArrayList<>();

  private JavaKeystore(String format, int version) {
    this.format = format;
    this.version = version;
  }

  static Optional<Keystore> read(byte[] file, boolean truncated) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
      int magic = in.readInt();
      if (magic != JKS_MAGIC && magic != JCEKS_MAGIC) {
        return bks(magic, in);
      }
      int version = in.readInt();
      if (version != 1 && version != 2) {
        return Optional.empty();
      }
      JavaKeystore store = new JavaKeystore(magic == JKS_MAGIC ? "jks" : "jceks", version);
      boolean known = store.entries(in) && !truncated;
      Keystore.Lock lock = truncated ? Keystore.Lock.UNTRIED : lock(file);
      return Optional.of(
          new Keystore(
              store.format,
              store.privateKeys,
              store.secretKeys,
              store.certificates,
              known,
              lock,
              store.bodies));
    } catch (IOException tooShort) {
      return Optional.empty();
    }
  }

  /**
   * Counts the entries.
   *
   * @return whether all were read; a secret key has no length, so what follows is not known
   */
  private boolean entries(DataInputStream in) throws IOException {
    long count = Integer.toUnsignedLong(in.readInt());
    try {
      for (long entry = 0; entry < count; entry++) {
        int tag = in.readInt();
        // The alias and when it was made.
        in.readUTF();
        in.readLong();
        switch (tag) {
          case PRIVATE_KEY -> privateKey(in);
          case CERTIFICATE -> certificate(in);
          case SECRET_KEY -> {
            secretKeys++;
            bodies.add(in.readNBytes(Math.max(0, in.available() - DIGEST_BYTES)));
            return entry + 1 == count;
          }
          default -> {
            return false;
          }
        }
      }
      return true;
    } catch (EOFException | UTFDataFormatException damaged) {
      return false;
    }
  }

  private void privateKey(DataInputStream in) throws IOException {
    byte[] key = exactly(in, in.readInt());
    privateKeys++;
    bodies.add(key);
    long chain = Integer.toUnsignedLong(in.readInt());
    for (long i = 0; i < chain; i++) {
      certificate(in);
    }
  }

  private void certificate(DataInputStream in) throws IOException {
    if (version == 2) {
      in.readUTF();
    }
    exactly(in, in.readInt());
    certificates++;
  }

  private static byte[] exactly(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new EOFException("keystore entry");
    }
    return in.readNBytes(length);
  }

  private static Keystore.Lock lock(byte[] file) {
    if (file.length < DIGEST_BYTES) {
      return Keystore.Lock.UNTRIED;
    }
    byte[] expected = Arrays.copyOfRange(file, file.length - DIGEST_BYTES, file.length);
    long blocks = file.length / 64;
    return StorePasswords.open(
        blocks, password -> MessageDigest.isEqual(expected, digest(password, file)));
  }

  private static byte[] digest(String password, byte[] file) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(password.getBytes(StandardCharsets.UTF_16BE));
      sha1.update(WHITENER);
      sha1.update(file, 0, file.length - DIGEST_BYTES);
      return sha1.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** A version, a salt and the iterations of the integrity check; the rest is left alone. */
  private static Optional<Keystore> bks(int version, DataInputStream in) throws IOException {
    if ((version != 1 && version != 2) || in.readInt() != BKS_SALT_BYTES) {
      return Optional.empty();
    }
    in.skipNBytes(BKS_SALT_BYTES);
    int iterations = in.readInt();
    int firstType = in.readUnsignedByte();
    if (iterations < 1 || iterations > MAX_BKS_ITERATIONS || firstType > 4) {
      return Optional.empty();
    }
    return Optional.of(new Keystore("bks", 0, 0, 0, false, Keystore.Lock.UNTRIED, List.of()));
  }
}
