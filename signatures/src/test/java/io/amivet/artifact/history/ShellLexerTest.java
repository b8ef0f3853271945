package io.amivet.artifact.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ShellLexerTest {
  private static final char EXPANSION = ShellCommand.EXPANSION;

  private static List<ShellCommand> commands(String line) {
    return ShellLexer.split(line).commands();
  }

  /** bash-words.txt holds lines and the words that bash made of them. */
  @Test
  void splitsWordsAsBashDoes() throws IOException {
    String oracle;
    try (InputStream in =
        Objects.requireNonNull(
            ShellLexerTest.class.getResourceAsStream(
                "/io/amivet/artifact/history/bash-words.txt"))) {
      oracle = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
    List<String> cases = List.of(oracle.strip().split("\n\n", -1));
    assertThat(cases).hasSizeGreaterThan(5);
    for (String sample : cases) {
      String[] parts = sample.split("\n", 2);
      String words = parts[1].substring(1, parts[1].length() - 1);
      assertThat(String.join("|", commands(parts[0]).getFirst().words()))
          .as(parts[0])
          .isEqualTo(words);
    }
  }

  @Test
  void splitsCommandsAndSaysWhichReadsFromWhich() {
    List<ShellCommand> commands = commands("a 1 | b; c && d || e |& f & g");
    assertThat(commands)
        .extracting(command -> command.word(0))
        .containsExactly("a", "b", "c", "d", "e", "f", "g");
    assertThat(commands)
        .extracting(ShellCommand::piped)
        .containsExactly(false, true, false, false, false, true, false);
  }

  @Test
  void leavesOutRedirectionsAndComments() {
    List<ShellCommand> commands = commands("cmd >out 2>&1 </in a &>b >>c <<<'x y' d # e");
    assertThat(commands).hasSize(1);
    assertThat(commands.getFirst().words()).containsExactly("cmd", "a", "d");
    assertThat(commands.getFirst().hereString()).isEqualTo("x y");
  }

  @Test
  void replacesExpansionsAndHandsOutSubstitutions() {
    ShellLexer.Split split = ShellLexer.split("a -p$PW \"x${Y}z\" $(b \"$(c)\") `d e` '$F'");
    assertThat(split.commands().getFirst().words())
        .containsExactly(
            "a", "-p" + EXPANSION, "x" + EXPANSION + "z", "" + EXPANSION, "" + EXPANSION, "$F");
    assertThat(split.substitutions()).containsExactly("b \"$(c)\"", "d e");
  }

  @Test
  void endsOnLinesThatNeverCloseWhatTheyOpen() {
    for (String line :
        List.of("'", "\"", "`", "$(", "${", "\\", "a <<<", "\"$(", "$'", ">(", "a|", "&>")) {
      assertThat(ShellLexer.split(line.repeat(3)).commands()).as(line).isNotNull();
    }
  }

  @Test
  void takesTimeInProportionToTheLine() {
    for (String unit :
        List.of("$(", "(", "`", "${", "'\"", "\\", "a=", "://", "-p ", "<(", "sh -c ' ")) {
      String line = unit.repeat(HistoryCommand.MAX_CHARS / unit.length());
      Assertions.assertTimeout(
          Duration.ofSeconds(5),
          () -> new CommandSecrets(HistoryFormat.Dialect.SHELL).find(line),
          unit);
    }
  }
}
