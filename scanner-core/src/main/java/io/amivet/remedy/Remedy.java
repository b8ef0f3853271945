package io.amivet.remedy;

import io.amivet.finding.Finding;
import io.amivet.finding.Origin;
import io.amivet.rule.Rule;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a script can do about a finding by itself. It does only what the rule says in so many words
 * of the whole file ({@code shred -u -- FILE}), and never edits one.
 *
 * @param verb a function of the script
 * @param argument a mode for {@code set_mode}; else empty
 */
record Remedy(String verb, String argument) {
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:(?<shred>shred -u)|(?<tree>rm -rf?)|(?<file>rm)"
              + "|chmod (?<mode>[ugoa]*[-+][rwxst]+(?:,[ugoa]*[-+][rwxst]+)*|[0-7]{3,4}))"
              + "(?: --)? FILE");

  /** The remedy, or empty if a person has to decide. */
  static Optional<Remedy> of(Finding finding) {
    if (finding.origin() != Origin.LIVE || !finding.member().isEmpty()) {
      return Optional.empty();
    }
    if (isAuthorizedKey(finding)) {
      return Optional.of(new Remedy("remove_login_key", ""));
    }
    return finding
        .rule()
        .remediation()
        .lines()
        .map(String::strip)
        .map(COMMAND::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .map(Remedy::of);
  }

  private static Remedy of(Matcher command) {
    String mode = command.group("mode");
    if (mode != null) {
      return new Remedy("set_mode", mode);
    }
    if (command.group("shred") != null) {
      return new Remedy("shred_file", "");
    }
    return new Remedy(command.group("tree") == null ? "remove_file" : "remove_tree", "");
  }

  static boolean isAuthorizedKey(Finding finding) {
    return finding.rule().condition() instanceof Rule.Condition.Parsed parsed
        && parsed.kinds().contains("authorized-key");
  }
}
