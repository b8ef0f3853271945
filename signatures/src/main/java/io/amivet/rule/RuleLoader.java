package io.amivet.rule;

import io.amivet.rule.YamlNode.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads rule files ({@code docs/rule-format.md}). Strict: a key it does not know, a pattern that
 * could run away or a rule without samples is an error, and all errors of a file are told at once.
 */
public final class RuleLoader {
  static final int MAX_SOURCE_BYTES = 1 << 20;
  private static final int MAX_RULES = 2_000;

  private final Set<String> parserNames;
  private final Map<String, String> fileOfId = new HashMap<>();

  /** Takes any parser name for known. */
  public RuleLoader() {
    this(Set.of());
  }

  /**
   * @param parserNames the parsers a rule may name; empty for any
   */
  public RuleLoader(Set<String> parserNames) {
    this.parserNames = Set.copyOf(parserNames);
  }

  /**
   * The rules of one file. An id that this loader met before is an error.
   *
   * @param file name for error messages
   */
  public List<Rule> load(String file, byte[] source) throws RuleSyntaxException {
    RuleErrors errors = new RuleErrors(file);
    Optional<YamlNode> document = document(source, errors);
    if (document.isEmpty() && errors.count() == 0) {
      errors.add(Place.START, "no rules");
    }
    List<Rule> rules = document.map(node -> rules(node, file, errors)).orElse(List.of());
    if (errors.count() > 0) {
      throw new RuleSyntaxException(errors.all());
    }
    return rules;
  }

  /**
   * The rules of a pack that the build verified.
   *
   * @throws RuleSyntaxException if it is damaged, or of another version of amivet
   */
  List<Rule> loadVerified(String file, YamlNode document) throws RuleSyntaxException {
    RuleErrors errors = RuleErrors.ofVerified(file);
    List<Rule> rules = rules(document, file, errors);
    if (errors.count() > 0) {
      throw new RuleSyntaxException(errors.all());
    }
    return rules;
  }

  /** The tree of a file's text, or empty, with or without errors. */
  public static Optional<YamlNode> document(byte[] source, RuleErrors errors) {
    return text(source, errors).flatMap(yaml -> YamlReader.read(yaml, errors));
  }

  static Optional<String> text(byte[] source, RuleErrors errors) {
    if (source.length > MAX_SOURCE_BYTES) {
      errors.add(Place.START, "larger than " + MAX_SOURCE_BYTES + " bytes");
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source)).toString());
    } catch (CharacterCodingException e) {
      errors.add(Place.START, "not UTF-8");
      return Optional.empty();
    }
  }

  private List<Rule> rules(YamlNode document, String file, RuleErrors errors) {
    YamlMap top = YamlMap.of(document, Set.of("rules", "exclude", "defaults"), errors);
    List<YamlNode> items = top.items("rules");
    if (items.isEmpty() || items.size() > MAX_RULES) {
      errors.add(top.place("rules"), "expected 1 to " + MAX_RULES + " rules");
      return List.of();
    }
    YamlMap defaults =
        top.node("defaults")
            .map(node -> YamlMap.of(node, RuleReader.DEFAULT_KEYS, errors))
            .orElse(YamlMap.empty(errors));
    RuleReader reader =
        new RuleReader(errors, parserNames, PathPatterns.read(top, "exclude", errors), defaults);
    List<Rule> rules = new ArrayList<>();
    for (YamlNode item : items) {
      reader.read(item).ifPresent(rules::add);
      refuseDuplicate(reader, item, file, errors);
    }
    return List.copyOf(rules);
  }

  /** Takes the ids of rules that were read elsewhere. */
  void claim(String file, List<Rule> rules) throws RuleSyntaxException {
    RuleErrors errors = new RuleErrors(file);
    for (Rule rule : rules) {
      String earlier = fileOfId.putIfAbsent(rule.id(), file);
      if (earlier != null) {
        errors.add(Place.START, "id " + rule.id() + " is taken, in " + earlier);
      }
    }
    if (errors.count() > 0) {
      throw new RuleSyntaxException(errors.all());
    }
  }

  private void refuseDuplicate(RuleReader reader, YamlNode item, String file, RuleErrors errors) {
    String id = reader.lastId();
    if (id.isEmpty()) {
      return;
    }
    String earlier = fileOfId.putIfAbsent(id, file);
    if (earlier != null) {
      errors.add(item.place(), "id " + id + " is taken, in " + earlier);
    }
  }
}
