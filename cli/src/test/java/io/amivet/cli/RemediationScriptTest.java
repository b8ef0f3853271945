package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the script that a scan writes, in a folder that stands for the image. */
class RemediationScriptTest {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIABbg7EqrWGJYe0et9xHPBox5fblD/3YmCnER6H2IGBO dev\n";
  private static final String HISTORY = "mysql -u root -pq7Vb2xkLm9tH81 shop\n";

  /** Each would run a command, or end a word, if it were pasted as it is. */
  private static final List<String> HOSTILE =
      List.of(
          "a'b",
          "$(touch pwned)",
          "`touch pwned`",
          "x;touch pwned",
          "line\ntouch pwned\n#",
          "-rf",
          "tail\n",
          "\u001b[2J",
          "q\"uote\\",
          "*");

  @TempDir private Path temp;
  private Path image;
  private Path script;

  @BeforeEach
  void plant() throws IOException {
    image = temp.resolve("image");
    script = temp.resolve("script.sh");
    write("root/.ssh/authorized_keys", KEY);
    write("root/.bash_history", HISTORY);
    for (String name : HOSTILE) {
      write("home/" + name + "/.bash_history", HISTORY);
      write("home/" + name + "/keep", "not a finding\n");
    }
    write("etc/shadow", "root:*:19000:0:99999:7:::\n");
    Files.setAttribute(image.resolve("etc/shadow"), "unix:mode", 0100666);
  }

  private void write(String path, String text) throws IOException {
    Path file = image.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void scan(String... more) {
    List<String> args =
        new ArrayList<>(List.of(image.toString(), "--remediation-script", script.toString()));
    args.addAll(List.of(more));
    WholeRun run = WholeRun.scan(args.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(1);
  }

  private record Ran(int code, String said) {}

  private Ran run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), said);
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(temp)) {
      return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void saysWhatItWouldDoAndDoesNothing(String shell) throws Exception {
    scan();
    List<Path> before = files();
    assertThat(run(shell, "-n", script.toString())).isEqualTo(new Ran(0, ""));
    Ran ran = run(shell, script.toString(), image.toString());
    assertThat(ran.code()).isZero();
    assertThat(ran.said())
        .contains("would shred: /root/.bash_history")
        .contains("Nothing was changed")
        .contains("FRESH volume")
        .doesNotContain("\u001b");
    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void removesWhatWasFoundAndNothingElseWhateverTheNames(String shell) throws Exception {
    scan();
    Ran ran = run(shell, script.toString(), "--apply", image.toString());
    assertThat(ran.code()).as(ran.said()).isZero();
    for (String name : HOSTILE) {
      assertThat(image.resolve("home/" + name + "/.bash_history")).doesNotExist();
      assertThat(image.resolve("home/" + name + "/keep")).exists();
    }
    assertThat(image.resolve("root/.bash_history")).doesNotExist();
    assertThat(files()).noneMatch(file -> file.endsWith("pwned"));
    assertThat(Files.getAttribute(image.resolve("etc/shadow"), "unix:mode")).isEqualTo(0100640);
    // Login keys stay until somebody says that there is another way in.
    assertThat(image.resolve("root/.ssh/authorized_keys")).exists();
    assertThat(ran.said()).contains("KEPT, it may be your only way in");
    Ran again = run(shell, script.toString(), "--apply", "--remove-login-keys", image.toString());
    assertThat(again.code()).as(again.said()).isZero();
    assertThat(again.said()).contains("gone already: /root/.bash_history");
    assertThat(image.resolve("root/.ssh/authorized_keys")).doesNotExist();
  }

  @Test
  void linksOfTheImageLeadItNowhere() throws Exception {
    scan();
    Path outside = Files.createDirectories(temp.resolve("host/root"));
    Files.writeString(outside.resolve(".bash_history"), "of the host\n");
    Files.move(image.resolve("root"), temp.resolve("moved"));
    Files.createSymbolicLink(image.resolve("root"), outside);
    Path victim = Files.writeString(temp.resolve("victim"), "of the host\n");
    Path history = image.resolve("home/a'b/.bash_history");
    Files.delete(history);
    Files.createSymbolicLink(history, victim);
    Ran ran = run("sh", script.toString(), "--apply", image.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.said()).contains("REFUSED, leads out of ROOT: /root/.bash_history");
    assertThat(outside.resolve(".bash_history")).hasContent("of the host");
    assertThat(victim).hasContent("of the host");
    assertThat(history).doesNotExist();
  }

  @Test
  void holdsNeitherEvidenceNorWordsThatEndAComment() throws Exception {
    scan("--show-secrets");
    String text = Files.readString(script, StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain("q7Vb2xkLm9tH81");
    // In a comment a newline is written by its number.
    assertThat(text).contains("# /home/line\\u{a}touch pwned\\u{a}#/.bash_history");
  }

  @Test
  void needsToKnowWhereTheImageIs() throws Exception {
    scan();
    assertThat(run("sh", script.toString()).code()).isEqualTo(2);
    assertThat(run("sh", script.toString(), "--aply", "/").code()).isEqualTo(2);
    assertThat(run("sh", script.toString(), "--volume", "9", image.toString()).code()).isEqualTo(2);
  }

  @Test
  void aKeyThatThePolicyKnowsIsNotRemovedWithItsFile() throws Exception {
    write(
        "root/.ssh/authorized_keys",
        KEY
            + "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUxZ1gF8yF5Cdg1Rq6PXc7Tq8nCvHkJ1s1x9y8ZQe0X x\n");
    Path policy =
        Files.writeString(
            temp.resolve("policy.yaml"),
            "version: 1\nknownKeys: ['SHA256:R7rQ4wghgmqAZovvHQ2vTWZjgLcRWcd+9MPwG7+Uojc']\n");
    scan("--policy", policy.toString());
    String text = Files.readString(script, StandardCharsets.ISO_8859_1);
    assertThat(text)
        .contains("MANUAL: remove this line alone")
        .doesNotContain("remove_login_key '/root");
  }
}
