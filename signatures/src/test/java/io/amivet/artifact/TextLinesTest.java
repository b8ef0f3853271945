package io.amivet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextLinesTest {

  @Test
  void numbersLinesAndGivesTheirOffsets() {
    assertThat(lines("a\r\n\nbc\n"))
        .containsExactly(
            new TextLines.Line(1, 0, "a"),
            new TextLines.Line(2, 3, ""),
            new TextLines.Line(3, 4, "bc"));
  }

  @Test
  void theLastLineNeedsNoEnd() {
    assertThat(lines("a\nb")).extracting(TextLines.Line::text).containsExactly("a", "b");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void cutsALongLineAndGoesOnAfterIt() {
    String longLine = "x".repeat(TextLines.MAX_LINE_BYTES + 10);

    List<TextLines.Line> lines = lines(longLine + "\nnext\n");

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).text()).hasSize(TextLines.MAX_LINE_BYTES);
    assertThat(lines.get(1).text()).isEqualTo("next");
  }

  @Test
  void stopsAfterTheLargestNumberOfLines() {
    byte[] feeds = new byte[TextLines.MAX_LINES + 5];
    Arrays.fill(feeds, (byte) '\n');

    int count = 0;
    for (TextLines.Line line : TextLines.of(feeds)) {
      count = line.number();
    }

    assertThat(count).isEqualTo(TextLines.MAX_LINES);
  }

  private static List<TextLines.Line> lines(String text) {
    List<TextLines.Line> lines = new ArrayList<>();
    TextLines.of(text.getBytes(StandardCharsets.ISO_8859_1)).forEach(lines::add);
    return lines;
  }
}
