package io.amivet.rule;

import java.util.List;

/** A rule or policy file that cannot be used. Carries all its errors at once. */
public final class RuleSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<RuleError> errors;

  /** One error, with its place: line and column count from 1. */
  public record RuleError(String file, int line, int column, String message) {
    @Override
    public String toString() {
      return file + ":" + line + ":" + column + ": " + message;
    }
  }

  public RuleSyntaxException(List<RuleError> errors) {
    super(String.join("\n", errors.stream().map(RuleError::toString).toList()));
    this.errors = List.copyOf(errors);
  }

  public List<RuleError> errors() {
    return errors;
  }
}
