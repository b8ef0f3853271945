package io.amivet.rule;

import io.amivet.regex.Dialect;
import io.amivet.regex.ForeignRegex;
import io.amivet.rule.Exemptions.Allowance;
import io.amivet.rule.Rule.Condition;
import io.amivet.rule.Rule.Example;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts together a content rule of another tool. */
final class ForeignRule {
  /** Of a tool that says nothing of severity: as of generic secrets. */
  private static final Map<Profile, Severity> USUAL =
      Map.of(
          Profile.PUBLISH, Severity.HIGH,
          Profile.VET, Severity.MEDIUM,
          Profile.GATE, Severity.HIGH,
          Profile.MARKETPLACE, Severity.HIGH);

  private static final Map<Profile, Severity> UNSURE =
      Map.of(
          Profile.PUBLISH, Severity.MEDIUM,
          Profile.VET, Severity.LOW,
          Profile.GATE, Severity.MEDIUM,
          Profile.MARKETPLACE, Severity.MEDIUM);

  private static final int MAX_KEYWORDS = 128;

  private final String id;
  private final String title;
  private final String tool;

  /** The group of the secret; 0 for the first one that matched anything. */
  private int secretGroup;

  private double minEntropyBits;
  private boolean unsure;
  private final List<String> onlyPaths = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();
  private final List<Allowance> allowances = new ArrayList<>();
  private final List<String> references = new ArrayList<>();
  private final List<Example> positive = new ArrayList<>();
  private final List<Example> negative = new ArrayList<>();

  ForeignRule(String id, String title, String tool) {
    this.id = id;
    this.title = title.isBlank() ? id : title;
    this.tool = tool;
  }

  ForeignRule secretGroup(int group) {
    secretGroup = group;
    return this;
  }

  ForeignRule minEntropyBits(double bits) {
    minEntropyBits = bits;
    return this;
  }

  ForeignRule unsure(boolean isUnsure) {
    unsure = isUnsure;
    return this;
  }

  ForeignRule onlyPath(String regex) {
    onlyPaths.add(regex);
    return this;
  }

  ForeignRule exemptPaths(List<String> regexes) {
    paths.addAll(regexes);
    return this;
  }

  ForeignRule exempt(Allowance allowance) {
    allowances.add(allowance);
    return this;
  }

  ForeignRule reference(String url) {
    references.add(url);
    return this;
  }

  ForeignRule examples(List<String> texts, List<String> others) {
    texts.forEach(text -> positive.add(example(text)));
    others.forEach(text -> negative.add(example(text)));
    return this;
  }

  private static Example example(String text) {
    String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return new Example(
        "/opt/app/example.txt",
        bytes,
        Map.of(),
        FileStatus.of(FileStatus.Type.FILE, 0644, 0, 0, ""));
  }

  /**
   * The rule, looking for an expression.
   *
   * @throws IllegalArgumentException with the reason if it cannot be expressed
   */
  Rule build(String pattern, Dialect dialect) {
    ForeignRegex regex = ForeignRegex.parse(pattern, dialect);
    if (secretGroup > regex.groupCount()) {
      throw new IllegalArgumentException("there is no group " + secretGroup);
    }
    String java = regex.toJava(secretGroup);
    RegexShape.of(java);
    List<String> keywords = regex.requiredLiterals();
    if (keywords.isEmpty()) {
      throw new IllegalArgumentException(
          "no text of three characters or more is in every match: it would be tried everywhere");
    }
    if (keywords.size() > MAX_KEYWORDS) {
      throw new IllegalArgumentException("more than " + MAX_KEYWORDS + " texts to look for");
    }
    Exemptions exemptions = new Exemptions(onlyPaths, paths, allowances, true);
    return new Rule(
        id,
        title,
        "A rule of " + tool + ".",
        "imported",
        unsure ? UNSURE : USUAL,
        List.of(),
        List.of(),
        new Condition.Content(java, keywords, minEntropyBits, List.of(), exemptions),
        "Revoke the secret where it was issued, then remove the file and rebuild the image.",
        references,
        new Rule.Examples(positive, negative));
  }

  /**
   * An expression over paths or secrets, for {@code java.util.regex}.
   *
   * @throws IllegalArgumentException with the reason if it cannot be expressed
   */
  static String regex(String pattern, Dialect dialect) {
    return ForeignRegex.parse(pattern, dialect).toJava();
  }
}
