package io.amivet.artifact.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.account.PasswordField.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordFieldTest {
  private static final String MD5 = "$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/";

  @ParameterizedTest
  @ValueSource(strings = {"*", "!", "!!", "!*", "*LK*", "*NP*", "!unlikely"})
  void lockMarksCarryNoHash(String field) {
    assertThat(PasswordField.parse(field).state()).isEqualTo(State.LOCKED);
  }

  @ParameterizedTest
  @CsvSource({"'', EMPTY", "x, ELSEWHERE", "some text, INVALID", "$6$short$abc, INVALID"})
  void tellsTheOtherFormsApart(String field, State state) {
    assertThat(PasswordField.parse(field).state()).isEqualTo(state);
  }

  @Test
  void keepsTheHashBehindALock() {
    assertThat(PasswordField.parse(MD5).state()).isEqualTo(State.USABLE);
    assertThat(PasswordField.parse("!" + MD5).state()).isEqualTo(State.LOCKED_HASH);
    assertThat(PasswordField.parse("!!" + MD5).state()).isEqualTo(State.LOCKED_HASH);
  }

  @Test
  void printsWithoutTheHash() {
    assertThat(PasswordField.parse(MD5)).hasToString("USABLE md5");
  }

  @ParameterizedTest
  @CsvSource({
    "$gy$j9T$abcdefgh$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, gost-yescrypt",
    "$sha1$40000$jtNX3nZ2$hBNaIXkt4wBI2o5rsi8KejSjNqIq, sha1",
    "_J9..rasmKUMF9oNFWY6, bsdi",
    "ab3ExYA.KnFxA, des"
  })
  void namesSchemesThatItCannotTry(String field, String scheme) {
    assertThat(PasswordField.parse(field).scheme()).isEqualTo(scheme);
  }
}
