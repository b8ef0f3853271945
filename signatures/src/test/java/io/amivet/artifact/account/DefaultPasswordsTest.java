package io.amivet.artifact.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.PasswordWork;
import io.amivet.artifact.account.DefaultPasswords.Guess;
import io.amivet.artifact.account.DefaultPasswords.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DefaultPasswordsTest {

  private static PasswordField md5(String word) {
    byte[] bytes = word.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return PasswordField.parse(Md5Crypt.md5Crypt(bytes, "$1$saltsalt"));
  }

  private static DefaultPasswords defaults(PasswordWork work) {
    return new DefaultPasswords("build-7", "amzn", work);
  }

  @ParameterizedTest
  @CsvSource({
    "ops,     FOUND_USER_NAME",
    "Ops,     FOUND_FROM_USER_NAME",
    "ops123,  FOUND_FROM_USER_NAME",
    "spo,     FOUND_FROM_USER_NAME",
    "opsops,  FOUND_FROM_USER_NAME",
    "build-7, FOUND_HOST_NAME",
    "amzn,    FOUND_SYSTEM_NAME",
    "toor,    FOUND_LISTED",
    "vyos,    FOUND_LISTED",
    "'',      FOUND_EMPTY",
    "Zk3-bqW, NONE"
  })
  void tellsWhatKindOfDefaultItIs(String word, Outcome outcome) {
    Guess guess = new Guess("ops", md5(word));

    assertThat(defaults(new PasswordWork()).search(List.of(guess))).containsEntry(guess, outcome);
  }

  @Test
  void aHashOfNobodyIsTriedAgainstWordsAlone() {
    Guess listed = new Guess("", md5("raspberry"));
    Guess digits = new Guess("", md5("123"));

    assertThat(defaults(new PasswordWork()).search(List.of(listed, digits)))
        .containsEntry(listed, Outcome.FOUND_LISTED)
        .containsEntry(digits, Outcome.NONE);
  }

  @Test
  void theSameHashCostsAScanOnce() {
    PasswordWork work = new PasswordWork();
    PasswordField costly = PasswordField.parse("$y$jAT$abcdefgh$" + "a".repeat(43));
    PasswordField known = md5("vyos");
    defaults(work).search(List.of(new Guess("root", known)));
    while (work.spend(1)) {
      // Until nothing is left.
    }

    Guess again = new Guess("root", PasswordField.parse(known.hash()));
    Guess other = new Guess("root", costly);
    assertThat(defaults(work).search(List.of(again, other)))
        .containsEntry(again, Outcome.FOUND_LISTED)
        .containsEntry(other, Outcome.SKIPPED);
  }

  @Test
  void schemesThatCannotBeComputedAreSaidToBeThat() {
    Guess bsdi = new Guess("root", PasswordField.parse("_J9..saltk7/dRyUYM92"));

    assertThat(defaults(new PasswordWork()).search(List.of(bsdi)))
        .containsEntry(bsdi, Outcome.UNSUPPORTED);
  }

  @Test
  void allFilesOfAScanShareOneBudget() {
    PasswordWork work = new PasswordWork();
    List<Outcome> outcomes = new ArrayList<>();
    for (int file = 0; file < 10; file++) {
      List<Guess> guesses = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String hash = "$6$rounds=999999$salt" + file + "$" + "a".repeat(84) + (10 + i);
        guesses.add(new Guess("u" + i, PasswordField.parse(hash)));
      }
      outcomes.addAll(defaults(work).search(guesses).values());
    }

    assertThat(outcomes).hasSize(500).contains(Outcome.PARTLY);
    assertThat(outcomes.getLast()).isEqualTo(Outcome.SKIPPED);
  }
}
