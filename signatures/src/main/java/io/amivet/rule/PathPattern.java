package io.amivet.rule;

/**
 * A glob over absolute paths. {@code *}, {@code ?} and {@code [a-z]} match within one name, {@code
 * **} matches any number of names, {@code {a,b}} alternatives. A pattern that starts with {@code
 * ~/} stands for that place in every home directory of the image.
 */
public record PathPattern(String glob) {
  public PathPattern {
    if (!glob.startsWith("/") && !glob.startsWith("~/")) {
      throw new IllegalArgumentException("a path pattern starts with / or ~/: " + glob);
    }
  }
}
