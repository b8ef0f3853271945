package io.amivet.policy;

import io.amivet.finding.RiskException;
import io.amivet.rule.Profile;
import io.amivet.rule.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What an organisation allows in its images, as {@code docs/policy.md} describes it. What a file
 * leaves out is empty.
 *
 * @param file its name as given
 * @param digest SHA-256 of the file in hex
 * @param failOn thresholds by profile
 * @param expectedUsers accounts that may log in
 * @param knownKeys public keys that may be in {@code authorized_keys}
 * @param logTargets hosts that logs may be sent to
 * @param trustedAccounts account ids that images may be shared with
 * @param trustedOwners account ids and aliases that images may come from
 * @param requiredTags tags that an image must have
 * @param protectedTags tags that only a promotion may set
 * @param maxAgeDays how old an image may be; empty if it does not matter
 */
public record Policy(
    String file,
    String digest,
    Map<Profile, Severity> failOn,
    List<Expected> expectedUsers,
    List<Expected> knownKeys,
    List<LogTarget> logTargets,
    List<String> trustedAccounts,
    List<String> trustedOwners,
    List<RequiredTag> requiredTags,
    List<String> protectedTags,
    OptionalInt maxAgeDays,
    List<RiskException> exceptions) {
  public Policy {
    failOn = Map.copyOf(failOn);
    expectedUsers = List.copyOf(expectedUsers);
    knownKeys = List.copyOf(knownKeys);
    logTargets = List.copyOf(logTargets);
    trustedAccounts = List.copyOf(trustedAccounts);
    trustedOwners = List.copyOf(trustedOwners);
    requiredTags = List.copyOf(requiredTags);
    protectedTags = List.copyOf(protectedTags);
    exceptions = List.copyOf(exceptions);
  }

  /**
   * Something that is meant to be in an image.
   *
   * @param value a user name, or the fingerprint of a key ({@code SHA256:…})
   * @param note whose it is or what for; may be empty
   */
  public record Expected(String value, String note) {}

  /**
   * A tag that an image must have.
   *
   * @param values one of these, if there are any
   * @param pattern a regular expression that the whole value matches, if not empty
   */
  public record RequiredTag(String key, List<String> values, String pattern) {
    public RequiredTag {
      values = List.copyOf(values);
    }
  }
}
