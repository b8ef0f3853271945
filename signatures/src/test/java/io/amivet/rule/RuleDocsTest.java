package io.amivet.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleDocsTest {
  private static final Path DOCS = Path.of("..", "docs", "rules");

  @Test
  void thePagesInTheTreeAreThoseOfTheRules() throws IOException {
    List<Rule> rules = RulePacks.builtIn().rules();
    if (Boolean.getBoolean("amivet.updateDocs")) {
      for (Path page : pages()) {
        Files.delete(page);
      }
      RuleDocs.write(DOCS, rules);
    }
    Map<String, String> found = new TreeMap<>();
    for (Path page : pages()) {
      found.put(DOCS.relativize(page).toString(), Files.readString(page, StandardCharsets.UTF_8));
    }

    assertThat(found)
        .as("docs/rules is stale: run this test with -Damivet.updateDocs=true")
        .isEqualTo(RuleDocs.pages(rules));
  }

  private static List<Path> pages() throws IOException {
    if (!Files.isDirectory(DOCS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(DOCS)) {
      return files.filter(file -> file.toString().endsWith(".md")).toList();
    }
  }
}
