package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.fs.FsPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {

  @Test
  void leavesOrdinaryTextAlone() {
    String text = "/home/J\u00fcrgen/\u65e5\u672c \ud83d\ude00 it's \\x2d";
    assertThat(TerminalText.escape(text)).isEqualTo(text);
    assertThat(TerminalText.escape(FsPath.of(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, \\x00",
    "1b, \\x1b",
    "7f, \\x7f",
    "a, \\x0a",
    "d, \\x0d",
    "9b, \\xc2\\x9b",
    "200f, \\xe2\\x80\\x8f",
    "202e, \\xe2\\x80\\xae",
    "2066, \\xe2\\x81\\xa6",
    "2028, \\xe2\\x80\\xa8",
    "feff, \\xef\\xbb\\xbf"
  })
  void escapesWhatCanSteerATerminal(String hex, String escaped) {
    String text = Character.toString(Integer.parseInt(hex, 16));
    assertThat(TerminalText.escape(text)).isEqualTo(escaped);
    assertThat(TerminalText.escape(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo(escaped);
  }

  @Test
  void showsBytesThatAreNotUtf8() {
    // Stray continuation, cut sequence before a letter, overlong slash, surrogate, cut at the end.
    byte[] bytes = {
      'a',
      (byte) 0x80,
      (byte) 0xe2,
      (byte) 0x82,
      'b',
      (byte) 0xc0,
      (byte) 0xaf,
      (byte) 0xed,
      (byte) 0xa0,
      (byte) 0x80,
      'c',
      (byte) 0xf0,
      (byte) 0x9f
    };
    assertThat(TerminalText.escape(bytes))
        .isEqualTo("a\\x80\\xe2\\x82b\\xc0\\xaf\\xed\\xa0\\x80c\\xf0\\x9f");
  }
}
