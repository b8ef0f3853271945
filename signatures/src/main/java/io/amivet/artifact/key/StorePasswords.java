package io.amivet.artifact.key;

import java.util.List;
import java.util.function.Predicate;

/**
 * Passwords that vendors ship, manuals show and people type for want of a better one. Trying one
 * may be made costly by the file, so the sum of that is bounded.
 */
final class StorePasswords {
  /** The usual ones first. */
  private static final List<String> LIST =
      List.of(
          "",
          "changeit",
          "changeme",
          "password",
          "secret",
          "keystore",
          "notasecret",
          "123456",
          "storepass",
          "keypass",
          "test",
          "tomcat",
          "admin",
          "1234",
          "12345678",
          "passwd",
          "pass",
          "default",
          "letmein",
          "truststore",
          "server",
          "client",
          "mypassword",
          "Password1",
          "password123",
          "jboss",
          "wildfly",
          "weblogic",
          "DemoIdentityKeyStorePassPhrase",
          "confluent",
          "kafka",
          "example");

  /** Calls of a hash function that one file may cost: about a second. */
  static final long MAX_ROUNDS = 1_000_000;

  private StorePasswords() {}

  /**
   * Tries one password after the other.
   *
   * @param rounds calls of a hash function that each costs
   */
  static Keystore.Lock open(long rounds, Predicate<String> opens) {
    long left = MAX_ROUNDS;
    for (String password : LIST) {
      left -= Math.max(1, rounds);
      if (left < 0) {
        return Keystore.Lock.UNTRIED;
      }
      if (opens.test(password)) {
        return password.isEmpty() ? Keystore.Lock.EMPTY : Keystore.Lock.DEFAULT;
      }
    }
    return Keystore.Lock.OTHER;
  }
}
