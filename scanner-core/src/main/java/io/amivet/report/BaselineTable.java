package io.amivet.report;

import io.amivet.finding.Review.BaselineUse;
import io.amivet.finding.Review.Fixed;
import java.io.PrintWriter;
import java.util.Locale;

/** What an earlier report knows already, and what of it is gone, for a terminal. */
final class BaselineTable {
  private static final int MAX_FIXED = 20;
  private static final String INDENT = "    ";

  private final int columns;
  private final Style style;

  BaselineTable(int columns, Style style) {
    this.columns = columns;
    this.style = style;
  }

  void write(BaselineUse baseline, PrintWriter text) {
    text.print(
        style.bold("Baseline")
            + "  "
            + HostileText.escape(baseline.file())
            + "  "
            + style.dim("of " + baseline.scannedAt())
            + "\n");
    text.print(INDENT + Lines.count(baseline.known().size(), "finding") + " known, not shown\n");
    int fixed = baseline.fixed().size();
    text.print(INDENT + Lines.count(fixed, "finding") + " not found again\n");
    for (Fixed one : baseline.fixed().subList(0, Math.min(fixed, MAX_FIXED))) {
      String severity = Lines.pad(one.severity().label().toUpperCase(Locale.ROOT), 8);
      String where =
          HostileText.escape(one.path().toString())
              + (one.member().isEmpty() ? "" : "!" + HostileText.escape(one.member()));
      text.print(
          INDENT + INDENT + severity + "  " + HostileText.escape(one.rule()) + "  " + where + "\n");
    }
    if (fixed > MAX_FIXED) {
      String more = Lines.count(fixed - MAX_FIXED, "more finding");
      text.print(INDENT + INDENT + style.dim("… and " + more + "; -o json lists all") + "\n");
    }
    if (!baseline.differences().isEmpty()) {
      String why = "not found again may mean not looked for: ";
      String all = HostileText.escape(why + String.join("; ", baseline.differences()));
      for (String line : Lines.wrap(all, columns - INDENT.length())) {
        text.print(INDENT + style.warning(line) + "\n");
      }
    }
    text.print("\n");
  }
}
