package io.amivet.artifact.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.PasswordWork;
import io.amivet.artifact.account.DefaultPasswords.Guess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hashes come from libxcrypt; see make-hashes.sh beside them. */
final class CryptTest {

  @ParameterizedTest
  @MethodSource("hashes")
  void agreesWithLibxcrypt(String line) {
    String[] columns = line.split("\t", -1);
    PasswordField field = PasswordField.ofWebServer(columns[2]).orElseThrow();

    assertThat(field.scheme()).isEqualTo(columns[0]);
    if (!Crypt.supports(field)) {
      assertThat(field.scheme()).isIn("sunmd5", "bsdi");
      assertThat(Crypt.costMillis(field)).isEqualTo(Crypt.IMPOSSIBLE);
      return;
    }
    assertThat(Crypt.costMillis(field)).isLessThan(Crypt.IMPOSSIBLE);
    assertThat(Crypt.matches(field, columns[1])).isTrue();
    assertThat(Crypt.matches(field, columns[1] + "x")).isFalse();
  }

  static Stream<String> hashes() throws IOException {
    try (InputStream in = CryptTest.class.getResourceAsStream("hashes.tsv")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    }
  }

  @Test
  void doesNotTryHashesThatWouldTakeForever() {
    String tail = "$saltsaltsaltsalt$" + "a".repeat(86);
    PasswordField patient = PasswordField.parse("$6$rounds=999999999" + tail);

    assertThat(Crypt.costMillis(patient)).isGreaterThan(500_000);
    Guess root = new Guess("root", patient);
    assertThat(new DefaultPasswords("", "", new PasswordWork()).search(List.of(root)))
        .containsEntry(root, DefaultPasswords.Outcome.SKIPPED);
  }

  @Test
  void aSaltThatNoToolMakesOpensNothing() {
    for (String salt : List.of("", "sa%t", "\u00e4")) {
      PasswordField field = PasswordField.parse("$1$" + salt + "$fz9m3OoeOUZ50I722c9rH/");

      assertThat(field.scheme()).isEqualTo("md5");
      assertThat(Crypt.matches(field, "toor")).isFalse();
    }
  }

  @Test
  void doesNotTryYescryptThatWouldTakeAllMemory() {
    PasswordField greedy = PasswordField.parse("$y$jHT$abcdefgh$" + "a".repeat(43));

    assertThat(greedy.scheme()).isEqualTo("yescrypt");
    assertThat(Crypt.costMillis(greedy)).isEqualTo(Crypt.IMPOSSIBLE);
  }
}
