package io.amivet.report;

import io.amivet.finding.Finding;
import io.amivet.finding.Report;
import io.amivet.rule.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * JUnit's XML, as build servers take it: a suite for each category of rules, a test for each
 * finding, which fails if the finding is at or above the threshold and counts. A last suite says
 * whether everything was read.
 */
public final class JunitReporter implements Reporter {
  private static final String COVERAGE = "coverage";

  @Override
  public String format() {
    return "junit";
  }

  @Override
  public void write(Report report, boolean showSecrets, OutputStream out) throws IOException {
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newInstance().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      new Writing(xml, report, showSecrets).document();
      xml.flush();
      xml.close();
    } catch (XMLStreamException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("cannot write the report: " + e.getMessage(), e);
    }
    out.write('\n');
    out.flush();
  }

  private static final class Writing {
    private final XMLStreamWriter xml;
    private final Report report;
    private final boolean showSecrets;

    Writing(XMLStreamWriter xml, Report report, boolean showSecrets) {
      this.xml = xml;
      this.report = report;
      this.showSecrets = showSecrets;
    }

    private boolean fails(Finding finding) {
      return finding.severity().atLeast(report.failOn()) && report.review().counts(finding);
    }

    void document() throws XMLStreamException {
      Map<String, List<Finding>> byCategory = new TreeMap<>();
      for (Finding finding : report.findings()) {
        byCategory.computeIfAbsent(finding.rule().category(), _ -> new ArrayList<>()).add(finding);
      }
      long failures = report.findings().stream().filter(this::fails).count();
      int unread = report.incompleteReasons().isEmpty() ? 0 : 1;
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", text("amivet " + report.target().id()));
      counts(report.findings().size() + 1, failures, unread);
      xml.writeAttribute("time", seconds());
      for (Map.Entry<String, List<Finding>> category : byCategory.entrySet()) {
        suite(category.getKey(), category.getValue());
      }
      coverage(unread);
      xml.writeEndElement();
      xml.writeEndDocument();
    }

    private void counts(long tests, long failures, long errors) throws XMLStreamException {
      xml.writeAttribute("tests", Long.toString(tests));
      xml.writeAttribute("failures", Long.toString(failures));
      xml.writeAttribute("errors", Long.toString(errors));
    }

    private String seconds() {
      Duration took = Duration.between(report.startedAt(), report.finishedAt());
      return String.format(Locale.ROOT, "%.3f", took.toMillis() / 1000.0);
    }

    private void startSuite(String name, long tests, long failures, long errors)
        throws XMLStreamException {
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", text(name));
      counts(tests, failures, errors);
      xml.writeAttribute("skipped", "0");
      xml.writeAttribute("time", "0");
      xml.writeAttribute(
          "timestamp",
          DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
              report.startedAt().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC)));
      xml.writeAttribute("hostname", "localhost");
    }

    private void suite(String category, List<Finding> findings) throws XMLStreamException {
      startSuite(category, findings.size(), findings.stream().filter(this::fails).count(), 0);
      for (Finding finding : findings) {
        startTest(category, finding.rule().id() + " " + place(finding));
        String summary =
            severity(finding.severity()) + ": " + finding.rule().title() + " in " + place(finding);
        if (fails(finding)) {
          xml.writeStartElement("failure");
          xml.writeAttribute("message", text(summary));
          xml.writeAttribute("type", finding.rule().id());
          xml.writeCharacters(text(details(finding)));
          xml.writeEndElement();
        } else {
          xml.writeStartElement("system-out");
          xml.writeCharacters(text(summary + "\n" + details(finding)));
          xml.writeEndElement();
        }
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }

    private void startTest(String suite, String name) throws XMLStreamException {
      xml.writeStartElement("testcase");
      xml.writeAttribute("name", text(name));
      xml.writeAttribute("classname", text("amivet." + suite));
      xml.writeAttribute("time", "0");
    }

    private void coverage(int unread) throws XMLStreamException {
      startSuite(COVERAGE, 1, 0, unread);
      startTest(COVERAGE, "everything was read");
      if (unread > 0) {
        xml.writeStartElement("error");
        xml.writeAttribute("message", "not everything was read");
        xml.writeAttribute("type", "incomplete");
        StringBuilder reasons = new StringBuilder();
        for (String reason : report.incompleteReasons()) {
          reasons.append(HostileText.escape(reason)).append('\n');
        }
        xml.writeCharacters(text(reasons.toString()));
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeEndElement();
    }

    private static String severity(Severity severity) {
      return severity.label();
    }

    private static String place(Finding finding) {
      String place = "volume " + finding.volume() + ": " + HostileText.place(finding);
      return finding.line() == 0 ? place : place + ":" + finding.line();
    }

    private String details(Finding finding) {
      StringBuilder text = new StringBuilder();
      text.append(HostileText.escape(finding.evidence().text(showSecrets))).append('\n');
      finding
          .fields()
          .forEach((name, value) ->
              text.append(name).append(": ").append(HostileText.escape(value)).append('\n'));
      return text.append('\n').append(finding.rule().remediation().strip()).append('\n').toString();
    }

    /** What XML 1.0 has no way to write becomes U+FFFD. */
    private static String text(String any) {
      StringBuilder sound = new StringBuilder(any.length());
      any.codePoints().map(c -> isXml(c) ? c : 0xfffd).forEach(sound::appendCodePoint);
      return sound.toString();
    }

    private static boolean isXml(int c) {
      return c == '\t'
          || c == '\n'
          || c == '\r'
          || (c >= 0x20 && c < Character.MIN_SURROGATE)
          || (c > Character.MAX_SURROGATE && c < 0xfffe)
          || c > 0xffff;
    }
  }
}
