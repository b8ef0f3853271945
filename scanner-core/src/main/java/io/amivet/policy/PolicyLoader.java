package io.amivet.policy;

import io.amivet.finding.RiskException;
import io.amivet.policy.Policy.Expected;
import io.amivet.policy.Policy.RequiredTag;
import io.amivet.rule.Profile;
import io.amivet.rule.RuleErrors;
import io.amivet.rule.RuleLoader;
import io.amivet.rule.RuleSyntaxException;
import io.amivet.rule.Severity;
import io.amivet.rule.YamlMap;
import io.amivet.rule.YamlNode;
import io.amivet.rule.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Reads policy files ({@code docs/policy.md}). Strict, as for rules: what it does not know is an
 * error rather than a guess at what may pass, and all errors of a file are told at once.
 */
public final class PolicyLoader {
  private static final Set<String> KEYS =
      Set.of(
          "version",
          "failOn",
          "expectedUsers",
          "knownKeys",
          "allowedLogTargets",
          "trustedAccounts",
          "trustedOwners",
          "requiredTags",
          "protectedTags",
          "maxAgeDays",
          "exceptions");
  private static final Pattern USER = Pattern.compile("[^\\s:/]{1,256}");
  private static final Pattern KEY = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern OWNER = Pattern.compile("[0-9]{12}|self|[a-z][a-z-]{1,62}");
  private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,4}");
  private static final int MAX_TAG_KEY = 128;

  private final RuleErrors errors;
  private final Set<String> ruleIds;

  private PolicyLoader(RuleErrors errors, Set<String> ruleIds) {
    this.errors = errors;
    this.ruleIds = ruleIds;
  }

  /**
   * The policy in a file.
   *
   * @param file name for error messages and the report
   * @param ruleIds the rules that exceptions may name; empty for any
   * @throws RuleSyntaxException with all that is wrong
   */
  public static Policy load(String file, byte[] source, Set<String> ruleIds)
      throws RuleSyntaxException {
    RuleErrors errors = new RuleErrors(file);
    Optional<YamlNode> document = RuleLoader.document(source, errors);
    if (document.isEmpty() && errors.count() == 0) {
      errors.add(YamlNode.Place.START, "the policy is empty");
    }
    Optional<Policy> policy =
        document.map(node ->
            new PolicyLoader(errors, ruleIds).read(file, DigestUtils.sha256Hex(source), node));
    if (errors.count() > 0 || policy.isEmpty()) {
      throw new RuleSyntaxException(errors.all());
    }
    return policy.get();
  }

  private Policy read(String file, String digest, YamlNode node) {
    YamlMap top = YamlMap.of(node, KEYS, errors);
    if (!top.requiredText("version").equals("1") && top.has("version")) {
      errors.add(top.place("version"), "version: this amivet reads version 1");
    }
    return new Policy(
        file,
        digest,
        thresholds(top),
        expected(top, "expectedUsers", "name", USER, "a user name"),
        expected(
            top, "knownKeys", "fingerprint", KEY, "a key fingerprint: SHA256:… of ssh-keygen -l"),
        logTargets(top),
        texts(top, "trustedAccounts", ACCOUNT, "an account id of 12 digits, in quotes"),
        texts(top, "trustedOwners", OWNER, "an account id of 12 digits or an alias such as amazon"),
        tags(top),
        protectedTags(top),
        maxAge(top),
        exceptions(top));
  }

  private Map<Profile, Severity> thresholds(YamlMap top) {
    Map<Profile, Severity> thresholds = new EnumMap<>(Profile.class);
    Optional<YamlNode> node = top.node("failOn");
    if (node.isEmpty()) {
      return thresholds;
    }
    if (node.get() instanceof Scalar one) {
      severity("failOn", one)
          .ifPresent(severity -> {
            for (Profile profile : Profile.values()) {
              thresholds.put(profile, severity);
            }
          });
      return thresholds;
    }
    YamlMap byProfile = YamlMap.of(node.get(), Set.of(), errors);
    for (String key : byProfile.keys()) {
      Optional<Profile> profile = Profile.ofLabel(key);
      if (profile.isEmpty()) {
        errors.add(
            byProfile.place(key),
            "failOn: there is no profile " + key + "; there are publish, vet, gate, marketplace");
      } else if (byProfile.node(key).orElse(null) instanceof Scalar value) {
        severity("failOn", value).ifPresent(severity -> thresholds.put(profile.get(), severity));
      } else {
        errors.add(byProfile.place(key), "failOn: expected a severity");
      }
    }
    return thresholds;
  }

  private Optional<Severity> severity(String key, Scalar value) {
    Optional<Severity> severity = Severity.ofLabel(value.text());
    if (severity.isEmpty()) {
      errors.add(
          value.place(),
          key + ": expected critical, high, medium, low or info, found " + value.text());
    }
    return severity;
  }

  /** A list of texts, or of mappings with the text and a note. */
  private List<Expected> expected(YamlMap top, String key, String name, Pattern form, String what) {
    List<Expected> all = new ArrayList<>();
    for (YamlNode item : top.items(key)) {
      if (item instanceof Scalar scalar) {
        checked(key, scalar.place(), scalar.text(), form, what)
            .ifPresent(text -> all.add(new Expected(text, "")));
        continue;
      }
      YamlMap map = YamlMap.of(item, Set.of(name, "note"), errors);
      String value = map.requiredText(name);
      if (!value.isEmpty()) {
        checked(key, map.place(name), value, form, what)
            .ifPresent(text -> all.add(new Expected(text, map.text("note").orElse("").strip())));
      }
    }
    return all;
  }

  private Optional<String> checked(
      String key, YamlNode.Place place, String text, Pattern form, String what) {
    if (form.matcher(text.strip()).matches()) {
      return Optional.of(text.strip());
    }
    errors.add(place, key + ": expected " + what + ", found " + text);
    return Optional.empty();
  }

  private List<String> texts(YamlMap top, String key, Pattern form, String what) {
    List<String> all = new ArrayList<>();
    for (Scalar scalar : top.texts(key)) {
      checked(key, scalar.place(), scalar.text(), form, what).ifPresent(all::add);
    }
    return all;
  }

  private List<LogTarget> logTargets(YamlMap top) {
    List<LogTarget> all = new ArrayList<>();
    for (Scalar scalar : top.texts("allowedLogTargets")) {
      Optional<LogTarget> target = LogTarget.parse(scalar.text());
      target.ifPresent(all::add);
      if (target.isEmpty()) {
        errors.add(
            scalar.place(),
            "allowedLogTargets: expected a host name, *.domain, an address or a CIDR range, found "
                + scalar.text());
      }
    }
    return all;
  }

  private List<RequiredTag> tags(YamlMap top) {
    List<RequiredTag> all = new ArrayList<>();
    for (YamlNode item : top.items("requiredTags")) {
      if (item instanceof Scalar scalar) {
        tagKey("requiredTags", scalar).ifPresent(k -> all.add(new RequiredTag(k, List.of(), "")));
        continue;
      }
      YamlMap map = YamlMap.of(item, Set.of("key", "values", "pattern"), errors);
      String key = map.requiredText("key");
      List<String> values = map.texts("values").stream().map(Scalar::text).toList();
      String pattern = map.text("pattern").orElse("");
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        errors.add(map.place("pattern"), "pattern: " + e.getDescription());
      }
      if (!values.isEmpty() && !pattern.isEmpty()) {
        errors.add(map.place("pattern"), "a tag has either values or a pattern");
      }
      all.add(new RequiredTag(key, values, pattern));
    }
    return all;
  }

  private Optional<String> tagKey(String key, Scalar scalar) {
    String text = scalar.text().strip();
    if (text.isEmpty() || text.length() > MAX_TAG_KEY) {
      errors.add(scalar.place(), key + ": a tag key has 1 to " + MAX_TAG_KEY + " characters");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private List<String> protectedTags(YamlMap top) {
    List<String> all = new ArrayList<>();
    for (Scalar scalar : top.texts("protectedTags")) {
      tagKey("protectedTags", scalar).ifPresent(all::add);
    }
    return all;
  }

  private OptionalInt maxAge(YamlMap top) {
    Optional<String> days = top.text("maxAgeDays");
    if (days.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!DAYS.matcher(days.get()).matches()) {
      errors.add(top.place("maxAgeDays"), "maxAgeDays: expected 1 to 99999 days");
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(days.get()));
  }

  private List<RiskException> exceptions(YamlMap top) {
    List<RiskException> all = new ArrayList<>();
    for (YamlNode item : top.items("exceptions")) {
      new ExceptionReader(errors, ruleIds).read(item).ifPresent(all::add);
    }
    return all;
  }
}
