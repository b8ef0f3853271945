package io.amivet.rule;

import io.amivet.rule.RuleSyntaxException.RuleError;
import io.amivet.rule.YamlNode.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * One rule or policy file as it is read: its name, whether it was verified before, and the errors
 * met.
 */
public final class RuleErrors {
  private static final int MAX_ERRORS = 1_000;

  private final String file;
  private final boolean verified;
  private final List<RuleError> errors = new ArrayList<>();

  private RuleErrors(String file, boolean verified) {
    this.file = file;
    this.verified = verified;
  }

  /** For a file that somebody wrote: all of it is looked at. */
  public RuleErrors(String file) {
    this(file, false);
  }

  /** For a pack that the build verified: see {@link #isVerified()}. */
  static RuleErrors ofVerified(String file) {
    return new RuleErrors(file, true);
  }

  /**
   * Whether the build has read this file already, refusing what is wrong with it. Then expressions
   * and globs are not compiled to look at them, and samples are missing.
   */
  boolean isVerified() {
    return verified;
  }

  public void add(Place place, String message) {
    if (errors.size() < MAX_ERRORS) {
      errors.add(new RuleError(file, place.line(), place.column(), message));
    }
  }

  public int count() {
    return errors.size();
  }

  public List<RuleError> all() {
    return List.copyOf(errors);
  }
}
