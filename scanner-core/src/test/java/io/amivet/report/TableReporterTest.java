package io.amivet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableReporterTest {
  private static String plain(int columns) {
    return SampleReport.write(new TableReporter(columns, false), SampleReport.hostile(), false);
  }

  @Test
  void letsNothingFromTheImageReachTheTerminal() {
    String table = plain(100);
    assertThat(table.codePoints().filter(c -> c != '\n').noneMatch(Character::isISOControl))
        .isTrue();
    assertThat(table).doesNotContain("\u202e").contains("\\u{202e}").contains("\\x1b[2J\\nb");
    assertThat(table).contains("/opt/r\\xff\\xe9\\nx:3");
  }

  @Test
  void groupsPlacesUnderTheirRuleWorstFirst() {
    List<String> lines = plain(100).lines().toList();
    int critical = indexOf(lines, "CRITICAL  SSH-003");
    int medium = indexOf(lines, "MEDIUM    CLD-010");
    int low = indexOf(lines, "LOW       CLD-010");
    assertThat(critical).isLessThan(medium);
    assertThat(medium).isLessThan(low);
    assertThat(lines.get(critical)).contains("Private key without passphrase").endsWith("2 places");
    assertThat(lines.get(critical + 1)).startsWith("    /root/.ssh/id_rsa");
  }

  private static int indexOf(List<String> lines, String start) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start)) {
        return i;
      }
    }
    throw new AssertionError("no line starts with " + start);
  }

  @Test
  void showsOnlySoManyPlacesAndSaysHowManyMore() {
    assertThat(plain(100)).contains("… and 5 more places; -o json lists all");
  }

  @Test
  void endsWithCoverageVerdictAndWhatItIsNot() {
    List<String> lines = plain(100).lines().toList();
    assertThat(lines.getLast()).startsWith("This is not a complete security assessment");
    assertThat(lines.get(lines.size() - 3))
        .isEqualTo("Verdict   FAIL  2 findings high or worse; not everything was read");
    assertThat(String.join("\n", lines))
        .contains("LUKS-encrypted (version 2, aes-xts-plain64)")
        .contains("7 paths not read")
        .contains("51,234 files, 48,000 scanned (1.0 GiB)");
  }

  @Test
  void saysWhenThereIsNothingToSay() {
    String table = SampleReport.write(new TableReporter(0, false), SampleReport.clean(), false);
    assertThat(table)
        .contains("Findings  nothing found")
        .contains("Verdict   PASS  everything was read, and nothing is high or worse");
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 100, 140})
  void keepsItsOwnTextWithinTheTerminal(int columns) {
    plain(columns)
        .lines()
        .filter(line -> !line.startsWith("    /"))
        .forEach(line -> assertThat(Lines.columns(line)).as(line).isLessThanOrEqualTo(columns));
  }

  @Test
  void coloursOnlyWhenTold() {
    String coloured =
        SampleReport.write(new TableReporter(100, true), SampleReport.hostile(), false);
    assertThat(coloured).contains("\u001b[1;31mCRITICAL\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain(100));
  }

  @Test
  void measuresTextInColumns() {
    assertThat(Lines.columns("日本")).isEqualTo(4);
    assertThat(Lines.columns("e\u0301")).isEqualTo(1);
    assertThat(Lines.fit("日本語", 5)).isEqualTo("日本…");
    assertThat(Lines.fit("abc", 3)).isEqualTo("abc");
    assertThat(Lines.wrap("one two  three", 7)).containsExactly("one two", "three");
    assertThat(Lines.size(1536)).isEqualTo("1.5 KiB");
    assertThat(Lines.size(8L << 30)).isEqualTo("8.0 GiB");
    assertThat(Lines.size(999)).isEqualTo("999 bytes");
    assertThat(Lines.count(1, "place")).isEqualTo("1 place");
  }
}
