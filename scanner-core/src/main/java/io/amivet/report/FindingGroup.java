package io.amivet.report;

import io.amivet.finding.Finding;
import io.amivet.finding.Origin;

/** Where in the life of an image a finding came in, as far as its rule and place say. */
enum FindingGroup {
  SOURCING("sourcing"),
  CONFIGURATION("configuration"),
  LIFECYCLE("lifecycle");

  private final String label;

  FindingGroup(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static FindingGroup of(Finding finding) {
    if (finding.fields().containsKey("package")) {
      return SOURCING;
    }
    if (finding.origin() != Origin.LIVE && finding.origin() != Origin.ARCHIVE_MEMBER) {
      return LIFECYCLE;
    }
    return switch (finding.rule().category()) {
      case "int", "pers" -> SOURCING;
      case "hist", "rlog", "log", "res", "idr", "cin" -> LIFECYCLE;
      default -> CONFIGURATION;
    };
  }
}
