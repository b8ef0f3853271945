package io.amivet.rule;

import io.amivet.rule.Rule.Condition;
import io.amivet.rule.Rule.Example;
import io.amivet.rule.YamlNode.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Reads the samples of a rule. */
final class ExampleReader {
  static final String KEY = "examples";

  private static final Set<String> KEYS =
      Set.of("path", "text", "gzip", "files", "type", "mode", "uid", "gid", "target");

  private static final int MAX_UNPACKED_BYTES = 1 << 20;

  private final RuleErrors errors;

  ExampleReader(RuleErrors errors) {
    this.errors = errors;
  }

  Optional<Rule.Examples> read(YamlMap rule, Optional<Condition> condition) {
    if (errors.isVerified()) {
      return Optional.of(Rule.Examples.NONE);
    }
    Optional<YamlNode> node = rule.node(KEY);
    if (node.isEmpty()) {
      errors.add(rule.place(), "missing key: examples");
      return Optional.empty();
    }
    YamlMap map = YamlMap.of(node.get(), Set.of("positive", "negative"), errors);
    List<Example> positive = examples(map, "positive");
    List<Example> negative = examples(map, "negative");
    if (condition.orElse(null) instanceof Condition.Content content) {
      refuseWithoutKeyword(map.place("positive"), content.keywords(), positive);
    }
    return Optional.of(new Rule.Examples(positive, negative));
  }

  private void refuseWithoutKeyword(Place place, List<String> keywords, List<Example> positive) {
    for (Example example : positive) {
      String text = example.text().toLowerCase(Locale.ROOT);
      if (keywords.stream().noneMatch(word -> text.contains(word.toLowerCase(Locale.ROOT)))) {
        errors.add(place, "no keyword occurs in the positive example " + example.path());
      }
    }
  }

  private List<Example> examples(YamlMap map, String key) {
    List<YamlNode> items = map.items(key);
    if (items.isEmpty()) {
      errors.add(map.place(), "examples: at least one " + key + " example is needed");
    }
    List<Example> examples = new ArrayList<>();
    for (YamlNode item : items) {
      YamlMap example = YamlMap.of(item, KEYS, errors);
      String path = example.requiredText("path");
      refuseRelative(example.place("path"), path);
      String text = example.text("gzip").isPresent() ? unpacked(example) : text(example);
      FileStatus status = new MetadataReader(errors).status(example);
      examples.add(new Example(path, text, files(example), status));
    }
    return examples;
  }

  private String text(YamlMap example) {
    String text = example.text("text").orElse("");
    refuseWide(example.place("text"), text);
    return text;
  }

  /** Contents that are no text: Base64 of them, compressed with gzip. */
  private String unpacked(YamlMap example) {
    String packed = example.text("gzip").orElse("").replaceAll("\\s", "");
    try (InputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
      return new String(in.readNBytes(MAX_UNPACKED_BYTES), StandardCharsets.ISO_8859_1);
    } catch (IOException | IllegalArgumentException e) {
      errors.add(example.place("gzip"), "gzip is Base64 of what gzip made of the contents");
      return "";
    }
  }

  private Map<String, String> files(YamlMap example) {
    Map<String, String> files = new LinkedHashMap<>();
    example
        .node("files")
        .ifPresent(node -> {
          YamlMap map = YamlMap.of(node, Set.of(), errors);
          for (String path : map.keys()) {
            refuseRelative(map.place(path), path);
            String text = map.text(path).orElse("");
            refuseWide(map.place(path), text);
            files.put(path, text);
          }
        });
    return files;
  }

  private void refuseRelative(Place place, String path) {
    if (!path.startsWith("/")) {
      errors.add(place, "the path of an example starts with /: " + path);
    }
  }

  /** One char is one byte of the file. */
  private void refuseWide(Place place, String text) {
    if (text.chars().anyMatch(c -> c > 0xff)) {
      errors.add(place, "the text of an example is Latin-1");
    }
  }
}
