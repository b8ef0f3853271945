package io.amivet.inside.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.inside.Head;
import io.amivet.inside.RecordingSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's encoders say what is right. */
class Utf16FormatTest {
  private static final String TEXT =
      "Windows Registry Editor\r\ntoken glpat-Xk29sLq0Zr7Tm4Wb1Yc8\r\n";

  private static byte[] marked(String text, String charset) {
    return ("\ufeff" + text).getBytes(Charset.forName(charset));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void aMarkedTextIsItselfInUtf8(String charset) {
    RecordingSink found = RecordingSink.search(marked(TEXT + "Gr\u00fc\u00dfe", charset), "a.reg");

    assertThat(found.skips).isEmpty();
    assertThat(found.files)
        .containsExactlyEntriesOf(Map.of("a.reg", TEXT + "Gr\u00c3\u00bc\u00c3\u009fe"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void anUnmarkedTextIsToldByItsZeros(String charset) {
    byte[] bytes = TEXT.getBytes(Charset.forName(charset));

    assertThat(RecordingSink.search(bytes, "a.txt").files)
        .containsExactlyEntriesOf(Map.of("a.txt", TEXT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void charactersOutsideTheFirstPlaneSurviveTheBordersOfPieces(String charset) throws IOException {
    String pairs = "x".repeat(3) + "\ud83d\ude00".repeat(9000) + TEXT;
    boolean big = charset.endsWith("BE");
    Utf8Stream in =
        new Utf8Stream(new ByteArrayInputStream(pairs.getBytes(Charset.forName(charset))), big);

    assertThat(in.readAllBytes()).isEqualTo(pairs.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void otherFilesAreLeftAlone() {
    Utf16Format format = new Utf16Format();
    byte[] utf32 = ("\ufeff" + TEXT).getBytes(Charset.forName("UTF-32LE"));
    byte[] mpeg = new byte[600];
    new Random(3).nextBytes(mpeg);
    mpeg[0] = (byte) 0xff;
    mpeg[1] = (byte) 0xfe;
    byte[] numbers = new byte[256];
    for (int i = 0; i < numbers.length; i += 2) {
      numbers[i] = (byte) (i / 2 + 1);
    }

    for (byte[] other :
        new byte[][] {
          new byte[0],
          new byte[] {(byte) 0xff, (byte) 0xfe},
          TEXT.getBytes(StandardCharsets.UTF_8),
          utf32,
          mpeg,
          numbers,
          new byte[1024]
        }) {
      assertThat(format.recognises(Head.of(other))).isFalse();
    }
  }

  @Test
  void whatIsNoTextFurtherOnPassesAsItIs() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(marked("plain line\r\n".repeat(683).substring(0, 8190 / 2), "UTF-16LE"));
    byte[] noise = new byte[8 << 10];
    new Random(5).nextBytes(noise);
    bytes.write(noise);
    byte[] whole = bytes.toByteArray();

    byte[] shown =
        new Utf8Stream(new ByteArrayInputStream(whole, 0, whole.length), false).readAllBytes();

    assertThat(Arrays.copyOfRange(shown, shown.length - noise.length, shown.length))
        .isEqualTo(noise);
    assertThat(new String(shown, StandardCharsets.UTF_8)).contains("plain line\r\nplain line");
  }

  @Test
  void whateverIsDamagedIsRead() {
    Random random = new Random(9);
    byte[] sound = marked(TEXT.repeat(40), "UTF-16LE");
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = Arrays.copyOf(sound, 1 + random.nextInt(sound.length));
      for (int i = 0; i <= random.nextInt(6); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThat(RecordingSink.search(damaged, "a.txt").skips).isEmpty();
    }
  }
}
