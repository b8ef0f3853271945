package io.amivet.source.ebs;

import org.jspecify.annotations.Nullable;

/** Words of the remote side, made fit for a terminal. */
final class AwsText {
  private static final int MAX_CHARS = 300;

  private AwsText() {}

  /** Without control characters, cut at {@value #MAX_CHARS} characters; empty for null. */
  static String clean(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String printable = text.replaceAll("\\p{C}", " ");
    return printable.length() <= MAX_CHARS ? printable : printable.substring(0, MAX_CHARS) + "…";
  }
}
