package io.amivet.report;

import io.amivet.finding.Coverage;
import io.amivet.finding.Report;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The part of the terminal report that says what was read and what was not. */
final class CoverageTable {
  private static final int MAX_SKIPPED = 5;
  private static final int MAX_CODES = 8;

  /** Columns of names and contents at the least, and at the most: a longer one is cut. */
  private static final int MIN_NAME = 6;

  private static final int MAX_NAME = 20;
  private static final int MIN_CONTENTS = 12;
  private static final int MAX_CONTENTS = 16;

  private final int columns;
  private final Style style;

  CoverageTable(int columns, Style style) {
    this.columns = columns;
    this.style = style;
  }

  void write(Report report, PrintWriter text) {
    Coverage coverage = report.coverage();
    text.print(style.bold("Coverage") + "\n");
    int nameColumns = widest(coverage, CoverageTable::name, MIN_NAME, MAX_NAME);
    int contentsColumns = widest(coverage, CoverageTable::contents, MIN_CONTENTS, MAX_CONTENTS);
    for (Coverage.VolumeCoverage volume : coverage.volumes()) {
      volume(volume, nameColumns, contentsColumns, text);
    }
    skipped(coverage, text);
    anomalies(coverage, text);
    blocks(coverage.blocks(), text);
    coverage.base().ifPresent(base -> text.print("  " + base(base) + "\n"));
    for (String reason : report.incompleteReasons()) {
      String lead = "  " + style.warning("! ");
      for (String line : Lines.wrap(HostileText.escape(reason), columns - 4)) {
        text.print(lead + line + "\n");
        lead = "    ";
      }
    }
  }

  /** What was left out since the target was so before. */
  static String base(Coverage.BaseUse base) {
    String files = Lines.count(base.unchangedFiles(), "file");
    String lead = files + " unchanged since " + HostileText.escape(base.id()) + ", ";
    return base.report().isEmpty()
        ? lead + "not searched; what is in them only a report of it says"
        : lead + "nothing found in them by " + HostileText.escape(base.report());
  }

  private static int widest(
      Coverage coverage, Function<Volume, String> text, int atLeast, int atMost) {
    int widest = atLeast;
    for (Coverage.VolumeCoverage covered : coverage.volumes()) {
      widest = Math.max(widest, Lines.columns(text.apply(covered.volume())));
    }
    return Math.min(widest, atMost);
  }

  private static String name(Volume volume) {
    return HostileText.escape(volume.name());
  }

  private static String contents(Volume volume) {
    return volume.contents().isEmpty() ? "-" : HostileText.escape(volume.contents());
  }

  private static String cell(String text, int columns) {
    return Lines.pad(Lines.fit(text, columns), columns);
  }

  private void volume(
      Coverage.VolumeCoverage covered, int nameColumns, int contentsColumns, PrintWriter text) {
    Volume volume = covered.volume();
    String lead =
        String.format(
            Locale.ROOT,
            "  %2d  %s  %s  %s  ",
            volume.index(),
            cell(name(volume), nameColumns),
            cell(contents(volume), contentsColumns),
            Lines.pad(volume.state().label(), 11));
    String state = Lines.fit(state(covered), Math.max(20, columns - Lines.columns(lead)));
    text.print(lead + (covered.complete() ? style.dim(state) : style.warning(state)) + "\n");
  }

  private static String state(Coverage.VolumeCoverage covered) {
    Volume volume = covered.volume();
    StringBuilder state = new StringBuilder();
    if (volume.state() == VolumeState.READ) {
      state
          .append(Lines.count(covered.files(), "file"))
          .append(", ")
          .append(Lines.number(covered.filesScanned()))
          .append(" scanned (")
          .append(Lines.size(covered.bytesScanned()))
          .append(')');
      state.append(
          switch (covered.journal()) {
            case REPLAYED -> "; journal replayed";
            case PARTLY_REPLAYED -> "; journal replayed in part";
            case NOT_REPLAYED, AS_ON_DISK -> "; without its journal";
            case NONE, CLEAN -> "";
          });
    }
    if (!volume.reason().isEmpty()) {
      state.append(volume.state() == VolumeState.READ ? "; " : "");
      state.append(HostileText.escape(volume.reason()));
    }
    if (!volume.label().isEmpty()) {
      state.append("  “").append(HostileText.escape(volume.label())).append('”');
    }
    return state.toString();
  }

  private void skipped(Coverage coverage, PrintWriter text) {
    if (coverage.skippedTotal() == 0) {
      return;
    }
    text.print("  " + style.warning(Lines.count(coverage.skippedTotal(), "path")) + " not read:\n");
    int shown = Math.min(MAX_SKIPPED, coverage.skipped().size());
    for (Coverage.Skipped skipped : coverage.skipped().subList(0, shown)) {
      String path = HostileText.escape(skipped.path());
      text.print("    " + path + style.dim("  " + HostileText.escape(skipped.reason())) + "\n");
    }
    if (coverage.skippedTotal() > shown) {
      text.print(
          "    "
              + style.dim("… and " + Lines.number(coverage.skippedTotal() - shown) + " more")
              + "\n");
    }
  }

  private void anomalies(Coverage coverage, PrintWriter text) {
    Map<String, Coverage.VolumeAnomaly> first = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Coverage.VolumeAnomaly anomaly : coverage.anomalies()) {
      first.putIfAbsent(anomaly.code(), anomaly);
      counts.merge(anomaly.code(), 1, Integer::sum);
    }
    first.entrySet().stream()
        .limit(MAX_CODES)
        .forEach(entry -> {
          int count = counts.getOrDefault(entry.getKey(), 1);
          String times = count == 1 ? "" : " (" + Lines.number(count) + " times)";
          String message = "anomaly " + entry.getKey() + times + ": " + entry.getValue().message();
          text.print("  " + Lines.fit(HostileText.escape(message), columns - 2) + "\n");
        });
    if (first.size() > MAX_CODES) {
      text.print("  " + style.dim("… and more kinds of anomalies; -o json lists all") + "\n");
    }
  }

  private void blocks(Coverage.BlockStatistics blocks, PrintWriter text) {
    if (blocks.requests() > 0) {
      text.print(
          "  "
              + style.dim(
                  Lines.size(blocks.bytesFetched())
                      + " fetched in "
                      + Lines.count(blocks.requests(), "request")
                      + String.format(Locale.ROOT, ", about $%.4f", blocks.estimatedCostUsd())
                      + (blocks.reused() == 0
                          ? ""
                          : "; " + Lines.count(blocks.reused(), "block") + " kept from before"))
              + "\n");
    }
  }
}
