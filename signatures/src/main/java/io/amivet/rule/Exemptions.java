package io.amivet.rule;

import java.util.List;

/**
 * What keeps a content rule from firing beyond the conditions of our own rules: the allowlists of
 * other tools. Expressions are {@code java.util.regex}, found anywhere in what they look at.
 *
 * @param onlyPaths expressions, one of which the path must have; empty for any path
 * @param paths expressions none of which the path may have
 * @param allowances each of which exempts a match
 * @param placeholdersCount whether what looks like a placeholder fires all the same
 */
public record Exemptions(
    List<String> onlyPaths,
    List<String> paths,
    List<Allowance> allowances,
    boolean placeholdersCount) {
  static final Exemptions NONE = new Exemptions(List.of(), List.of(), List.of(), false);

  public Exemptions {
    onlyPaths = List.copyOf(onlyPaths);
    paths = List.copyOf(paths);
    allowances = List.copyOf(allowances);
  }

  /** What an allowance looks at. */
  public enum Target {
    SECRET,
    MATCH,
    /** The match, and what stands beside it on its first and last line. */
    LINE
  }

  /**
   * Exempts matches by their text.
   *
   * @param regexes looked for in the target
   * @param stopwords looked for in the secret, case ignored
   * @param all whether one of the expressions and one of the words must be there; else either
   */
  public record Allowance(
      Target target, List<String> regexes, List<String> stopwords, boolean all) {
    public Allowance {
      regexes = List.copyOf(regexes);
      stopwords = List.copyOf(stopwords);
    }
  }
}
