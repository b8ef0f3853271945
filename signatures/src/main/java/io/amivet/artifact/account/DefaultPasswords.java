package io.amivet.artifact.account;

import io.amivet.artifact.ImageView;
import io.amivet.artifact.PasswordWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tries the passwords that images are known to ship with, and those that are made from the names of
 * the user and of the machine, within a fixed amount of work for all accounts of a file and for all
 * files of a scan.
 */
public final class DefaultPasswords {

  /** Work for one file. */
  private static final long BUDGET_MILLIS = 10_000;

  private static final long CHEAP_MILLIS = 10;
  private static final int MAX_NAME_CHARS = 64;
  private static final String CHEAP_BELOW = "---";

  private static final List<String> LIST = list();
  private static final List<String> WORDS = LIST.subList(0, LIST.indexOf(CHEAP_BELOW));
  private static final List<String> MORE_WORDS =
      LIST.subList(LIST.indexOf(CHEAP_BELOW) + 1, LIST.size());

  /** What people make of a name, most telling first. */
  private static final List<Function<String, String>> FROM_NAME =
      List.of(
          name -> name + "123",
          DefaultPasswords::capitalised,
          name -> name + "1",
          name -> new StringBuilder(name).reverse().toString());

  /** Tried only where a guess is cheap. */
  private static final List<Function<String, String>> MORE_FROM_NAME =
      List.of(
          name -> name.toUpperCase(Locale.ROOT),
          name -> name + "12",
          name -> name + "1234",
          name -> name + "12345",
          name -> name + "!",
          name -> name + "@123",
          name -> name + name,
          name -> capitalised(name) + "1",
          name -> capitalised(name) + "123",
          name -> capitalised(name) + "123!",
          name -> capitalised(name) + "@123");

  private final String hostName;
  private final String systemName;
  private final PasswordWork work;
  private long leftMillis = BUDGET_MILLIS;

  DefaultPasswords(String hostName, String systemName, PasswordWork work) {
    this.hostName = hostName;
    this.systemName = systemName;
    this.work = work;
  }

  /** For the accounts of one file of {@code image}, whose names are tried too. */
  public static DefaultPasswords of(ImageView image) {
    String host = image.read("/etc/hostname").map(file -> file.latin1().strip()).orElse("");
    String system =
        image
            .read("/etc/os-release")
            .or(() -> image.read("/usr/lib/os-release"))
            .map(file -> idOf(file.latin1()))
            .orElse("");
    return new DefaultPasswords(shortOrNone(host), shortOrNone(system), image.passwordWork());
  }

  private static String idOf(String osRelease) {
    return osRelease
        .lines()
        .filter(line -> line.startsWith("ID="))
        .map(line -> line.substring(3).replace("\"", "").strip())
        .findFirst()
        .orElse("");
  }

  private static String shortOrNone(String name) {
    return name.length() <= MAX_NAME_CHARS ? name : "";
  }

  private static String capitalised(String name) {
    return name.isEmpty() ? "" : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static List<String> list() {
    try (InputStream in = DefaultPasswords.class.getResourceAsStream("default-passwords.txt")) {
      if (in == null) {
        throw new IllegalStateException("the list of default passwords is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A hash to try.
   *
   * @param user whose it is; empty if nobody knows
   */
  public record Guess(String user, PasswordField password) {}

  /** How the search for one account ended; the word itself is never kept. */
  public enum Outcome {
    FOUND_EMPTY("found: empty password", true),
    FOUND_USER_NAME("found: user name", true),
    FOUND_FROM_USER_NAME("found: made from the user name", true),
    FOUND_HOST_NAME("found: host name", true),
    FOUND_SYSTEM_NAME("found: name of the distribution", true),
    FOUND_LISTED("found: list of defaults", true),
    /** The search goes on. */
    TRIED("partly tried", false),
    NONE("none matched", false),
    PARTLY("partly tried: hash too costly", false),
    SKIPPED("not tried: hash too costly", false),
    UNSUPPORTED("not tried: unsupported scheme", false);

    private final String text;
    private final boolean found;

    Outcome(String text, boolean found) {
      this.text = text;
      this.found = found;
    }

    public boolean found() {
      return found;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** What the same hash of the same user on the same machine would be asked again. */
  private record Trial(String user, String hash, String hostName, String systemName) {}

  private record Word(Function<String, String> ofUser, Outcome outcome) {
    boolean needsUser() {
      return outcome == Outcome.FOUND_USER_NAME || outcome == Outcome.FOUND_FROM_USER_NAME;
    }

    static Word listed(String word) {
      return new Word(_ -> word, Outcome.FOUND_LISTED);
    }
  }

  /**
   * How the search ended for each guess that has a usable hash. The names come first for all
   * accounts, then one word after another, so that many accounts do not starve the last.
   */
  public Map<Guess, Outcome> search(List<Guess> guesses) {
    Map<Guess, Outcome> outcomes = new LinkedHashMap<>();
    List<Guess> open = new ArrayList<>();
    for (Guess guess : guesses) {
      if (guess.password().state() == PasswordField.State.USABLE) {
        Outcome known = work.known(trial(guess), Outcome.class).orElse(null);
        boolean supported = Crypt.supports(guess.password());
        Outcome unlucky = supported ? Outcome.SKIPPED : Outcome.UNSUPPORTED;
        outcomes.put(guess, known == null ? unlucky : known);
        if (known == null && supported) {
          open.add(guess);
        }
      }
    }
    List<Guess> fresh = List.copyOf(open);
    words().forEach(word -> tryEach(open, word, outcomes));
    List<Guess> cheap = new ArrayList<>(open);
    cheap.removeIf(guess -> Crypt.costMillis(guess.password()) > CHEAP_MILLIS);
    moreWords().forEach(word -> tryEach(cheap, word, outcomes));
    outcomes.replaceAll((_, outcome) -> outcome == Outcome.TRIED ? Outcome.NONE : outcome);
    for (Guess guess : fresh) {
      Outcome outcome = outcomes.getOrDefault(guess, Outcome.SKIPPED);
      if (outcome == Outcome.NONE || outcome.found()) {
        work.learn(trial(guess), outcome);
      }
    }
    return outcomes;
  }

  /** What kind of default a password in the clear is, if it is one. */
  Optional<Outcome> kindOf(String user, String password) {
    List<Word> words = new ArrayList<>(words());
    words.addAll(moreWords());
    return words.stream()
        .filter(word -> !user.isEmpty() || !word.needsUser())
        .filter(word -> word.ofUser().apply(user).equals(password))
        .map(Word::outcome)
        .findFirst();
  }

  private Trial trial(Guess guess) {
    return new Trial(guess.user(), guess.password().hash(), hostName, systemName);
  }

  private List<Word> words() {
    List<Word> words = new ArrayList<>();
    words.add(new Word(user -> user, Outcome.FOUND_USER_NAME));
    words.add(new Word(_ -> "", Outcome.FOUND_EMPTY));
    if (!hostName.isEmpty()) {
      words.add(new Word(_ -> hostName, Outcome.FOUND_HOST_NAME));
    }
    if (!systemName.isEmpty()) {
      words.add(new Word(_ -> systemName, Outcome.FOUND_SYSTEM_NAME));
    }
    FROM_NAME.forEach(made -> words.add(new Word(made, Outcome.FOUND_FROM_USER_NAME)));
    WORDS.forEach(word -> words.add(Word.listed(word)));
    return words;
  }

  private static List<Word> moreWords() {
    List<Word> words = new ArrayList<>();
    MORE_FROM_NAME.forEach(made -> words.add(new Word(made, Outcome.FOUND_FROM_USER_NAME)));
    MORE_WORDS.forEach(word -> words.add(Word.listed(word)));
    return words;
  }

  private void tryEach(List<Guess> open, Word word, Map<Guess, Outcome> outcomes) {
    for (Iterator<Guess> rest = open.iterator(); rest.hasNext(); ) {
      Guess guess = rest.next();
      if (guess.user().isEmpty() && word.needsUser()) {
        continue;
      }
      long cost = Crypt.costMillis(guess.password());
      if (cost > leftMillis || !work.spend(cost)) {
        outcomes.replace(guess, Outcome.TRIED, Outcome.PARTLY);
        rest.remove();
        continue;
      }
      leftMillis -= cost;
      boolean found = Crypt.matches(guess.password(), word.ofUser().apply(guess.user()));
      outcomes.put(guess, found ? word.outcome() : Outcome.TRIED);
      if (found) {
        rest.remove();
      }
    }
  }
}
