package io.amivet.rule;

import io.amivet.rule.RuleSyntaxException.RuleError;
import io.amivet.rule.YamlNode.Place;
import java.util.ArrayList;
import java.util.List;

/** The errors of one rule file, as they are met. */
final class RuleErrors {
  private static final int MAX_ERRORS = 1_000;

  private final String file;
  private final List<RuleError> errors = new ArrayList<>();

  RuleErrors(String file) {
    this.file = file;
  }

  void add(Place place, String message) {
    if (errors.size() < MAX_ERRORS) {
      errors.add(new RuleError(file, place.line(), place.column(), message));
    }
  }

  int count() {
    return errors.size();
  }

  List<RuleError> all() {
    return List.copyOf(errors);
  }
}
