package io.amivet.artifact.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.MemoryImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Hashes are those of mkpasswd; see {@code make-hashes.sh}. */
final class PasswordHashesParserTest {
  private static final String TOOR = "$1$saltsalt$fz9m3OoeOUZ50I722c9rH/";
  private static final String OTHER = "$1$saltsalt$qgS7J34lkBboZHFZ8oD66/";

  private static List<Artifact> parse(String text) {
    MemoryImage image = new MemoryImage().with("/a", text);
    return new PasswordHashesParser().parse(image.read("/a").orElseThrow(), image);
  }

  private static List<String> found(String text) {
    return parse(text).stream()
        .map(fact ->
            fact.kind() + " " + fact.fields().getOrDefault("user", "?") + " line " + fact.line())
        .toList();
  }

  @Test
  void theLineSaysWhoseAHashIs() {
    assertThat(found("root:" + TOOR + "\n")).containsExactly("default-password root line 1");
    assertThat(found("al:1000:2:" + OTHER + "," + TOOR + "\n"))
        .containsExactly("usable-hash al line 1", "default-password al line 1");
    assertThat(found("user --name=bo --password=" + OTHER + " --iscrypted\n"))
        .containsExactly("usable-hash bo line 1");
    assertThat(found("rootpw --iscrypted " + TOOR + "\n"))
        .containsExactly("default-password root line 1");
    assertThat(found("echo 'svc:" + TOOR + "' | chpasswd -e\n"))
        .containsExactly("default-password svc line 1");
  }

  @Test
  void orElseTheLinesAround() {
    assertThat(
            found(
                "users:\n- name: al\n  passwd: "
                    + OTHER
                    + "\n- name: bo\n  passwd: "
                    + TOOR
                    + "\n"))
        .containsExactly("usable-hash al line 3", "default-password bo line 5");
    assertThat(found("identity:\n  password: " + OTHER + "\n  realname: B\n  username: bo\n"))
        .containsExactly("usable-hash bo line 2");
    assertThat(found("x\n" + OTHER + "\n")).containsExactly("usable-hash ? line 2");
  }

  @Test
  void passwordsInTheClearCountIfTheyAreDefaults() {
    assertThat(found("chpasswd:\n  list: |\n    root:toor\n    al:Wr8-unlisted\n    bo:bo123\n"))
        .containsExactlyInAnyOrder("default-password root line 3", "default-password bo line 5");
    assertThat(found("echo root:vagrant | sudo chpasswd\n"))
        .containsExactly("default-password root line 1");
    assertThat(found("rootpw --lock\nrootpw Wr8-unlisted\n")).isEmpty();
    assertThat(found("password: ubuntu\nchpasswd: {expire: false}\n")).hasSize(1);
  }

  @Test
  void neitherHashNorPasswordIsShown() {
    for (Artifact fact : parse("chpasswd:\n  list: |\n    root:toor\n    al:" + TOOR + "\n")) {
      assertThat(fact.toString()).doesNotContain("toor").doesNotContain("fz9m3");
      assertThat(fact.evidence().revealed()).doesNotContain("toor").doesNotContain("fz9m3");
    }
  }

  @Test
  void damagedTextsAreTextsToo() {
    String text =
        "chpasswd:\n  list: |\n    root:toor\nrootpw --iscrypted "
            + TOOR
            + "\nal:1:2:"
            + OTHER
            + "\n- name: $2b$06$abcdefghijklmnopqrstuuDGW8gYySehmFp0N2xYAN5iX4EHOWQ3m\n";
    byte[] whole = text.getBytes(StandardCharsets.ISO_8859_1);
    Random random = new Random(20261126);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = whole.clone();
      for (int k = random.nextInt(6); k >= 0; k--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String damaged = new String(bytes, StandardCharsets.ISO_8859_1).replace("$2b$", "$3b$");
      assertThat(parse(damaged).size()).isLessThan(20);
    }
  }
}
