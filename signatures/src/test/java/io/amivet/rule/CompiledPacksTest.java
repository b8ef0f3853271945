package io.amivet.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.artifact.registry.Parsers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompiledPacksTest {

  @Test
  void theRulesAreThoseOfTheTextWithoutTheirSamples() throws Exception {
    CompiledPacks compiled = CompiledPacks.read(written(PackCompiler.compile()));

    RuleLoader loader = new RuleLoader();
    List<Rule> rules = new ArrayList<>();
    for (var pack : compiled.packs().entrySet()) {
      rules.addAll(loader.loadVerified(pack.getKey(), pack.getValue()));
    }
    assertThat(rules)
        .isEqualTo(RulePacks.builtIn().rules().stream().map(rule -> withoutSamples(rule)).toList());
  }

  @Test
  void thePackSaysTheSameDigestInEitherForm() throws Exception {
    assertThat(RulePacks.load(List.of(), Parsers.all()).digest())
        .isEqualTo(RulePacks.builtIn().digest());
  }

  @Test
  void samplesAreNotWritten() throws Exception {
    byte[] bytes = written(PackCompiler.compile());

    assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
        .contains("remediation")
        .doesNotContain("positive");
  }

  @Test
  void aCutOrChangedFileIsRefusedOrReadButNeverMoreThanThat() throws Exception {
    byte[] bytes = written(PackCompiler.compile());
    for (int length : new int[] {0, 3, 4, 40, 1000, bytes.length / 2, bytes.length - 1}) {
      assertThatThrownBy(() -> CompiledPacks.read(Arrays.copyOf(bytes, length)))
          .isInstanceOf(IOException.class);
    }
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      byte[] changed = bytes.clone();
      // The numbers, not the texts: those lie in front and behind.
      int at =
          random.nextBoolean() ? random.nextInt(4000) : bytes.length - 1 - random.nextInt(4000);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      try {
        CompiledPacks.read(changed);
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] written(CompiledPacks packs) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    packs.write(out);
    return out.toByteArray();
  }

  private static Rule withoutSamples(Rule rule) {
    return new Rule(
        rule.id(),
        rule.title(),
        rule.description(),
        rule.category(),
        rule.severity(),
        rule.paths(),
        rule.excludedPaths(),
        rule.condition(),
        rule.remediation(),
        rule.references(),
        Rule.Examples.NONE);
  }
}
