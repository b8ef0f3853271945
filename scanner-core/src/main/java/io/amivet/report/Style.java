package io.amivet.report;

import io.amivet.rule.Severity;

/** Colours of a terminal (ECMA-48 SGR), or none. */
enum Style {
  PLAIN,
  COLOURED;

  private static final char ESCAPE = 0x1b;

  String severity(Severity severity, String text) {
    return sgr(
        switch (severity) {
          case CRITICAL -> "1;31";
          case HIGH -> "31";
          case MEDIUM -> "33";
          case LOW -> "36";
          case INFO -> "2";
        },
        text);
  }

  String bold(String text) {
    return sgr("1", text);
  }

  String dim(String text) {
    return sgr("2", text);
  }

  String good(String text) {
    return sgr("1;32", text);
  }

  String bad(String text) {
    return sgr("1;31", text);
  }

  String warning(String text) {
    return sgr("1;33", text);
  }

  private String sgr(String code, String text) {
    return this == PLAIN ? text : ESCAPE + "[" + code + "m" + text + ESCAPE + "[0m";
  }
}
