package io.amivet.artifact.account;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Tries the passwords that images are known to ship with, within a fixed amount of work for all
 * accounts of a file.
 */
final class DefaultPasswords {

  /** Work for one file. */
  private static final long BUDGET_MILLIS = 10_000;

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

  /** Tried only where a guess is cheap. */
  private static final List<String> MORE_WORDS =
      List.of(
          "password1",
          "password123",
          "Password1",
          "Password123",
          "passw0rd",
          "Passw0rd",
          "Passw0rd!",
          "P@ssword",
          "P@ssw0rd1",
          "welcome1",
          "Welcome1",
          "1234",
          "12345",
          "123456789",
          "111111",
          "abc123",
          "changeit",
          "change_me",
          "changeme123",
          "temp",
          "temp123",
          "guest",
          "user",
          "pass",
          "oracle123",
          "admin123",
          "root123",
          "qwerty123",
          "iloveyou",
          "monkey",
          "dragon",
          "master",
          "linux",
          "server",
          "ansible",
          "docker",
          "deploy",
          "cloud",
          "aws");

  private static final long CHEAP_MILLIS = 10;

  private static final List<String> SUFFIXES = List.of("123", "1", "!");

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
    /** The search goes on. */
    TRIED("partly tried"),
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

  /**
   * How the search ended for each of {@code entries} that has a usable hash. The names come first
   * for all accounts, then one word after another, so that many accounts do not starve the last.
   */
  Map<ShadowFile.Entry, Outcome> search(List<ShadowFile.Entry> entries) {
    Map<ShadowFile.Entry, Outcome> outcomes = new LinkedHashMap<>();
    List<ShadowFile.Entry> open = new ArrayList<>();
    for (ShadowFile.Entry entry : entries) {
      if (entry.password().state() == PasswordField.State.USABLE) {
        outcomes.put(entry, Outcome.SKIPPED);
        open.add(entry);
      }
    }
    tryEach(open, ShadowFile.Entry::name, outcomes);
    tryEach(open, _ -> "", outcomes);
    if (!hostName.isEmpty()) {
      tryEach(open, _ -> hostName, outcomes);
    }
    for (String word : WORDS) {
      tryEach(open, _ -> word, outcomes);
    }
    List<ShadowFile.Entry> cheap = new ArrayList<>(open);
    cheap.removeIf(entry -> Crypt.costMillis(entry.password()) > CHEAP_MILLIS);
    for (String word : MORE_WORDS) {
      tryEach(cheap, _ -> word, outcomes);
    }
    for (String suffix : SUFFIXES) {
      tryEach(cheap, entry -> entry.name() + suffix, outcomes);
    }
    outcomes.replaceAll((_, outcome) -> outcome == Outcome.TRIED ? Outcome.NONE : outcome);
    return outcomes;
  }

  private void tryEach(
      List<ShadowFile.Entry> open,
      Function<ShadowFile.Entry, String> candidate,
      Map<ShadowFile.Entry, Outcome> outcomes) {
    for (Iterator<ShadowFile.Entry> rest = open.iterator(); rest.hasNext(); ) {
      ShadowFile.Entry entry = rest.next();
      long cost = Crypt.costMillis(entry.password());
      if (cost > leftMillis) {
        outcomes.replace(entry, Outcome.TRIED, Outcome.PARTLY);
        rest.remove();
        continue;
      }
      leftMillis -= cost;
      String word = candidate.apply(entry);
      boolean found = Crypt.matches(entry.password(), word);
      outcomes.put(entry, found ? found(word, entry.name()) : Outcome.TRIED);
      if (found) {
        rest.remove();
      }
    }
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
