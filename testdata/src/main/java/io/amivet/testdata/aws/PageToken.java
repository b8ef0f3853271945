package io.amivet.testdata.aws;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a listing goes on.
 *
 * @param position in the listing, not in the snapshot
 * @param afterEmpty whether the page before it had no blocks
 * @param generation tokens of earlier ones are no longer good
 */
record PageToken(int position, boolean afterEmpty, int generation, Instant expiry) {
  private static final Pattern FORM = Pattern.compile("page(\\d{1,9})(e?)-(\\d{1,9})-(\\d{1,15})");

  /** Null for the first page. */
  static @Nullable PageToken of(@Nullable String text, int generation) throws ApiFailure {
    if (text == null) {
      return null;
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw invalid();
    }
    PageToken token =
        new PageToken(
            Integer.parseInt(form.group(1)),
            !form.group(2).isEmpty(),
            Integer.parseInt(form.group(3)),
            Instant.ofEpochMilli(Long.parseLong(form.group(4))));
    if (token.generation != generation || token.expiry.isBefore(Instant.now())) {
      throw invalid();
    }
    return token;
  }

  private static ApiFailure invalid() {
    return ApiFailure.validation("INVALID_PAGE_TOKEN", "The page token is invalid or expired");
  }

  String text() {
    return "page"
        + position
        + (afterEmpty ? "e" : "")
        + "-"
        + generation
        + "-"
        + expiry.toEpochMilli();
  }
}
