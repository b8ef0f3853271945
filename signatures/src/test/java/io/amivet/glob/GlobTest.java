package io.amivet.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/etc/passwd /etc/passwd true",
        "/etc/* /etc/passwd true",
        "/etc/* /etc/ssh/sshd_config false",
        "/etc/** /etc/ssh/sshd_config true",
        "/**/.env /.env true",
        "/**/.env /a/b/.env true",
        "/**/.env /a/b/x.env false",
        "/**/a/**/b /x/a/y/a/b true",
        "/etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_rsa_key true",
        "/etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_rsa_key.pub false",
        "/a/id_[rd]sa /a/id_dsa true",
        "/a/id_[!rd]sa /a/id_dsa false",
        "/a/file? /a/file1 true",
        "/a/file? /a/file false",
        "/a/{b,c{d,e}}/f /a/ce/f true",
        "/a/{b,c{d,e}}/f /a/c/f false",
      })
  void matchesAsShellsDo(String glob, String path, String expected) {
    boolean matches = Glob.parse(glob).stream().anyMatch(one -> one.matches(path));

    assertThat(matches).isEqualTo(expected.equals("true"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"etc/passwd", "/a//b", "/a/**b", "/a/[b", "/a/{b", "/a/b}", "/a\\b", "/[z-a]"})
  void refusesWhatIsNoGlob(String text) {
    assertThatThrownBy(() -> Glob.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void agreesWithTheJavaLibraryWithinNames() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String glob = "/" + word(random, "ab*?.") + "/" + word(random, "ab*?.");
      String path = "/" + word(random, "ab.") + "/" + word(random, "ab.");
      boolean expected =
          FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(path));
      if (!glob.contains("**")) {
        assertThat(Glob.parse(glob).getFirst().matches(path))
            .as(glob + " " + path)
            .isEqualTo(expected);
      }
    }
  }

  private static String word(Random random, String letters) {
    StringBuilder word = new StringBuilder("a");
    for (int length = random.nextInt(5); length > 0; length--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  @Test
  void aHostileNameCostsNoMoreThanTheProductOfTheLengths() {
    String path = "/" + "a".repeat(4000) + "/".concat("a/".repeat(1000)) + "b";

    assertThat(Glob.parse("/*a*a*a*a*a*a*a*a*b/**/a/**/a/**/a/**/c").getFirst().matches(path))
        .isFalse();
  }

  @Test
  void tellsWhatAllMatchesShare() {
    Glob glob = Glob.parse("/etc/ssh/*.d/host.pem").getFirst();

    assertThat(glob.literalPrefix()).isEqualTo("/etc/ssh/");
    assertThat(glob.literalName()).isEqualTo("host.pem");
    assertThat(Glob.parse("/**/*.pem").getFirst().extension()).isEqualTo(".pem");
    assertThat(Glob.parse("/**/x.[ab]").getFirst().extension()).isEmpty();
  }
}
