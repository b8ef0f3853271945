package io.amivet.report;

import io.amivet.artifact.Place;
import io.amivet.finding.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** Says for people where else in a file a finding stands. */
final class FurtherPlaces {
  private static final int MAX_SHOWN = 5;

  private FurtherPlaces() {}

  /** {@code also lines 12, 40 and 3 more}; empty if it stands in one place. */
  static String text(Finding finding) {
    List<Place> places = finding.furtherPlaces();
    if (places.isEmpty()) {
      return "";
    }
    boolean byLine = places.stream().allMatch(place -> place.line() > 0);
    String shown =
        places.stream()
            .limit(MAX_SHOWN)
            .map(place -> byLine ? Integer.toString(place.line()) : Long.toString(place.offset()))
            .collect(Collectors.joining(", "));
    int more = places.size() - MAX_SHOWN;
    return "also "
        + (byLine ? "line" : "offset")
        + (places.size() > 1 ? "s " : " ")
        + shown
        + (more > 0 ? " and " + more + " more" : "");
  }
}
