package io.amivet.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.registry.Parsers;
import io.amivet.rule.Profile;
import io.amivet.rule.Rule;
import io.amivet.rule.RulePacks;
import io.amivet.rule.RuleSet;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * No rule costs more than its share. The cost is how many characters its expression looks at, which
 * is the same on every machine, in the classes of the JDK: names and texts of much code, none of
 * them secret.
 */
class RuleCostTest {
  private static final int CORPUS_BYTES = 64 << 20;

  /**
   * What one rule, and all of them, may look at for each KiB.
   *
   * <p>A look takes some nanoseconds: the Java engine, which tries a rule wherever one of its words
   * stands, may spend 2 ms on a MiB, and Vectorscan's, which knows more before it tries, a tenth.
   */
  private record Limits(double ofOneRule, double ofAllRules) {}

  private static final Limits JAVA_LIMITS = new Limits(96, 512);
  private static final Limits VECTORSCAN_LIMITS = new Limits(8, 32);

  private record Cost(String rule, double looksPerKib) {}

  @Test
  void inTheJavaEngine() throws Exception {
    try (MatchEngine engine = TestEngines.JAVA.make(rules());
        JavaMatchStream stream = (JavaMatchStream) engine.open()) {
      feedCorpus(stream);
      assertWithin(JAVA_LIMITS, costs(stream.trial()));
    }
  }

  @Test
  void inTheVectorscanEngine() throws Exception {
    try (MatchEngine engine = TestEngines.VECTORSCAN.make(rules());
        VectorscanMatchStream stream = (VectorscanMatchStream) engine.open()) {
      feedCorpus(stream);
      assertWithin(VECTORSCAN_LIMITS, costs(stream.trial()));
    }
  }

  private static List<Rule> rules() {
    return new RuleSet(RulePacks.builtIn().rules(), Parsers.all(), Profile.PUBLISH).contentRules();
  }

  private static void feedCorpus(MatchStream stream) throws IOException {
    Path classes = Path.of(System.getProperty("java.home"), "lib", "modules");
    try (FileChannel channel = FileChannel.open(classes)) {
      assertThat(channel.size()).isGreaterThan(CORPUS_BYTES);
      MemorySegment buffer = stream.newBuffer(1 << 19);
      for (long at = 0; at < CORPUS_BYTES; at += buffer.byteSize()) {
        assertThat(channel.read(buffer.asByteBuffer(), at)).isEqualTo((int) buffer.byteSize());
        stream.feed(buffer);
      }
      stream.finish();
    }
  }

  private static List<Cost> costs(RuleTrial trial) {
    List<Rule> rules = rules();
    List<Cost> costs = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      costs.add(new Cost(rules.get(i).id(), trial.looks(i) * 1024.0 / CORPUS_BYTES));
    }
    costs.sort(Comparator.comparingDouble(Cost::looksPerKib).reversed());
    return costs;
  }

  private static void assertWithin(Limits limits, List<Cost> costs) {
    assertThat(costs.getFirst().looksPerKib()).isPositive();
    assertThat(costs).filteredOn(cost -> cost.looksPerKib() > limits.ofOneRule()).isEmpty();
    assertThat(costs.stream().mapToDouble(Cost::looksPerKib).sum()).isLessThan(limits.ofAllRules());
  }
}
