package io.amivet.artifact.key;

import java.util.List;

/**
 * What is known of a file that keeps keys or certificates.
 *
 * @param format {@code jks}, {@code jceks}, {@code bks} or {@code pkcs12}
 * @param privateKeys how many are in it; what cannot be told without the password is not counted
 * @param secretKeys as {@code privateKeys}; with JCEKS, 1 stands for one or more
 * @param certificates certificates that stand by themselves or with a key
 * @param known whether the counts are those of the whole file
 * @param lock whether one of the {@link StorePasswords} opens it
 * @param bodies the keys as they are stored, to tell one from another
 */
record Keystore(
    String format,
    int privateKeys,
    int secretKeys,
    int certificates,
    boolean known,
    Lock lock,
    List<byte[]> bodies) {

  /** What became of the attempt to open a file. */
  enum Lock {
    /** The empty password opens it. */
    EMPTY("empty"),
    /** A customary password opens it. */
    DEFAULT("default"),
    /** No password of the list opens it. */
    OTHER("other"),
    /** Not tried, or not with every password: it would cost too much, or is not known how. */
    UNTRIED("untried"),
    /** It keeps its keys in the clear. */
    NONE("none");

    private final String label;

    Lock(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** Without keys it says whom a machine trusts, which is no secret. */
  boolean hasKeys() {
    return privateKeys + secretKeys > 0;
  }
}
