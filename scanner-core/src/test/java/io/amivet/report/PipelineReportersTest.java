package io.amivet.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.fs.FsPath;
import io.amivet.rule.Rule;
import io.amivet.rule.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The formats that build servers and spreadsheets take, of a report with hostile names in it. */
class PipelineReportersTest {
  private static final Report HOSTILE = SampleReport.hostile();

  private static String write(Reporter reporter, boolean showSecrets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reporter.write(HOSTILE, showSecrets, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Document junit() throws Exception {
    byte[] xml = write(new JunitReporter(), false).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml));
  }

  private static List<Element> all(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  @Test
  void junitFailsWhatIsAtOrAboveTheThreshold() throws Exception {
    Document document = junit();
    long failing =
        HOSTILE.findings().stream().filter(f -> f.severity().atLeast(HOSTILE.failOn())).count();
    assertThat(failing).isPositive();
    assertThat(all(document, "failure")).hasSize((int) failing);
    assertThat(all(document, "testcase")).hasSize(HOSTILE.findings().size() + 1);
    Element root = document.getDocumentElement();
    assertThat(root.getAttribute("failures")).isEqualTo(Long.toString(failing));
    assertThat(root.getAttribute("errors")).as("not everything was read").isEqualTo("1");
    int tests = 0;
    for (Element suite : all(document, "testsuite")) {
      tests += Integer.parseInt(suite.getAttribute("tests"));
    }
    assertThat(root.getAttribute("tests")).isEqualTo(Integer.toString(tests));
    assertThat(all(document, "failure").getFirst().getAttribute("type")).isEqualTo("SSH-003");
  }

  /** One record may span lines; quotes are doubled within. */
  private static List<List<String>> records(String csv) {
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"' && quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        record.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          records.add(record);
          record = new ArrayList<>();
        }
      } else if (quoted || c != '\r') {
        cell.append(c);
      }
    }
    return records;
  }

  @Test
  void csvHasALineForEachFinding() throws IOException {
    List<List<String>> records = records(write(new CsvReporter(), false));
    assertThat(records).hasSize(HOSTILE.findings().size() + 1);
    assertThat(records).allSatisfy(record -> assertThat(record).hasSize(15));
    assertThat(records.get(1).subList(0, 2)).containsExactly("critical", "SSH-003");
    assertThat(records.get(1).get(6)).isEqualTo("/root/.ssh/id_rsa");
  }

  @Test
  void csvHoldsNoFormula() throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (String start : List.of("=1+1", "+1", "-1", "@sum(a)", "  =cmd|'/c calc'!A1")) {
      Rule rule = SampleReport.rule(start, start, start);
      findings.add(
          SampleReport.finding(rule, Severity.HIGH, FsPath.ROOT.resolve(start), 1, -1)
              .withField(start, start));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CsvReporter()
        .write(HOSTILE.judged(HOSTILE.failOn(), findings, HOSTILE.review()), false, out);
    List<List<String>> records = records(out.toString(StandardCharsets.UTF_8));
    assertThat(records).hasSize(6);
    for (List<String> record : records) {
      for (String cell : record) {
        assertThat(cell.stripLeading()).doesNotMatch("(?s)[=+@-].*");
      }
    }
    assertThat(records.get(1).get(1)).isEqualTo("'=1+1");
  }

  @Test
  void markdownShowsNamesAsCode() throws IOException {
    String text = write(new MarkdownReporter(), false);
    assertThat(text)
        .startsWith("## amivet: **fail**\n")
        .contains("### critical: Private key without passphrase (SSH-003)")
        .contains("- ` /root/.ssh/id_rsa `")
        .contains("### Not everything was read")
        .contains("…and 5 more places")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
    for (String line : text.lines().toList()) {
      // A link in a name stays within its code span.
      if (line.contains("[x](y)")) {
        assertThat(line).matches("- (`+) .*\\[x]\\(y\\).* \\1( `.*)?");
      }
    }
  }

  @Test
  void secretsAreShownOnlyOnDemand() throws IOException {
    for (Reporter reporter :
        List.of(new CsvReporter(), new JunitReporter(), new MarkdownReporter())) {
      assertThat(write(reporter, false)).doesNotContain(SampleReport.SECRET);
      assertThat(write(reporter, true)).contains(SampleReport.SECRET);
    }
  }
}
