package io.amivet.artifact.account;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tries the passwords that images are known to ship with, within a fixed amount of work for all
 * accounts of a file.
 */
final class DefaultPasswords {

  /** Work for one file. */
  private static final long BUDGET_MILLIS = 4_000;

  /** Most telling first, since an expensive hash may not allow all. */
  private static final List<String> WORDS =
      List.of(
          "password",
          "toor",
          "root",
          "admin",
          "changeme",
          "vagrant",
          "packer",
          "ubuntu",
          "ec2-user",
          "centos",
          "debian",
          "fedora",
          "123456",
          "P@ssw0rd",
          "raspberry",
          "alpine",
          "cisco",
          "oracle",
          "rocky",
          "almalinux",
          "amazon",
          "administrator",
          "default",
          "test",
          "welcome",
          "12345678",
          "letmein",
          "qwerty",
          "secret",
          "bitnami",
          "kali",
          "pi",
          "opensuse",
          "nagios",
          "zabbix",
          "jenkins",
          "postgres",
          "mysql",
          "tomcat");

  private final String hostName;
  private long leftMillis = BUDGET_MILLIS;

  DefaultPasswords(String hostName) {
    this.hostName = hostName;
  }

  /** How the search for one account ended; the word itself is never kept. */
  enum Outcome {
    FOUND_EMPTY("found: empty password"),
    FOUND_USER_NAME("found: user name"),
    FOUND_HOST_NAME("found: host name"),
    FOUND_LISTED("found: list of defaults"),
    NONE("none matched"),
    PARTLY("partly tried: hash too costly"),
    SKIPPED("not tried: hash too costly or of an unsupported scheme");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    boolean found() {
      return this == FOUND_EMPTY
          || this == FOUND_USER_NAME
          || this == FOUND_HOST_NAME
          || this == FOUND_LISTED;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  Outcome tryAll(String user, PasswordField field) {
    long cost = Crypt.costMillis(field);
    boolean tried = false;
    for (String word : candidates(user)) {
      if (cost > leftMillis) {
        return tried ? Outcome.PARTLY : Outcome.SKIPPED;
      }
      leftMillis -= cost;
      tried = true;
      if (Crypt.matches(field, word)) {
        return found(word, user);
      }
    }
    return Outcome.NONE;
  }

  private Set<String> candidates(String user) {
    Set<String> candidates = new LinkedHashSet<>();
    candidates.add(user);
    candidates.add("");
    if (!hostName.isEmpty()) {
      candidates.add(hostName);
    }
    candidates.addAll(WORDS);
    return candidates;
  }

  private Outcome found(String word, String user) {
    if (word.isEmpty()) {
      return Outcome.FOUND_EMPTY;
    }
    if (word.equals(user)) {
      return Outcome.FOUND_USER_NAME;
    }
    return word.equals(hostName) ? Outcome.FOUND_HOST_NAME : Outcome.FOUND_LISTED;
  }
}
