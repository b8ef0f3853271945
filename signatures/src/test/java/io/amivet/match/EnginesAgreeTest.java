package io.amivet.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.registry.Parsers;
import io.amivet.rule.Profile;
import io.amivet.rule.Rule;
import io.amivet.rule.Rule.Example;
import io.amivet.rule.RulePacks;
import io.amivet.rule.RuleSet;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * All engines find the same in the samples of all rules, whole or damaged, however they are fed.
 */
class EnginesAgreeTest {
  private static final int MAX_FILE_BYTES = 200_000;
  private static MatchEngine java;
  private static MatchEngine vectorscan;
  private static List<byte[]> samples;

  @BeforeAll
  static void compile() throws Exception {
    List<Rule> rules = RulePacks.builtIn().rules();
    List<Rule> contentRules = new RuleSet(rules, Parsers.all(), Profile.PUBLISH).contentRules();
    java = TestEngines.JAVA.make(contentRules);
    vectorscan = TestEngines.VECTORSCAN.make(contentRules);
    samples =
        rules.stream()
            .filter(rule -> rule.condition() instanceof Rule.Condition.Content)
            .map(Rule::examples)
            .flatMap(some -> Stream.concat(some.positive().stream(), some.negative().stream()))
            .map(Example::text)
            .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
            .toList();
    assertThat(samples.size()).isGreaterThan(1500);
  }

  @AfterAll
  static void free() {
    vectorscan.close();
  }

  @Test
  void inEachSampleAlone() {
    try (MatchStream one = java.open();
        MatchStream other = vectorscan.open()) {
      int hits = 0;
      for (byte[] sample : samples) {
        List<String> found = fed(one, sample);
        assertThat(fed(other, sample)).isEqualTo(found);
        hits += found.size();
      }
      assertThat(hits).isGreaterThan(900);
    }
  }

  @Test
  void inFilesOfManyDamagedSamplesCutAnywhere() {
    Random random = new Random(11);
    try (MatchStream one = java.open();
        MatchStream other = vectorscan.open()) {
      int hits = 0;
      for (int round = 0; round < 40; round++) {
        byte[] file = file(random);
        List<Long> pieces = pieces(file.length, random);
        List<String> found = fed(one, file, pieces);
        assertThat(fed(other, file, pieces)).as("round %d", round).isEqualTo(found);
        assertThat(other.abortedMatches()).isEqualTo(one.abortedMatches());
        hits += found.size();
      }
      assertThat(hits).isGreaterThan(1000);
    }
  }

  private static byte[] file(Random random) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<byte[]> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, random);
    for (byte[] sample : shuffled) {
      byte[] copy = sample.clone();
      if (copy.length > 0 && random.nextInt(4) == 0) {
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
      }
      file.writeBytes(copy);
      byte[] noise = new byte[random.nextInt(4) == 0 ? random.nextInt(600) : 1];
      random.nextBytes(noise);
      file.writeBytes(random.nextBoolean() ? new byte[] {'\n'} : noise);
      if (file.size() > MAX_FILE_BYTES) {
        break;
      }
    }
    return file.toByteArray();
  }

  /** Lengths of pieces; a negative one is a hole in front of the next piece. */
  private static List<Long> pieces(int length, Random random) {
    List<Long> pieces = new ArrayList<>();
    for (long left = length; left > 0; ) {
      if (random.nextInt(10) == 0) {
        pieces.add(-(1L + random.nextInt(10_000)));
      }
      long piece = Math.min(left, 1L + random.nextInt(random.nextBoolean() ? 100 : 90_000));
      pieces.add(piece);
      left -= piece;
    }
    return pieces;
  }

  private static List<String> fed(MatchStream stream, byte[] file) {
    return fed(stream, file, List.of((long) file.length));
  }

  private static List<String> fed(MatchStream stream, byte[] file, List<Long> pieces) {
    stream.reset();
    MemorySegment own = stream.newBuffer(1 << 16);
    long at = 0;
    for (long piece : pieces) {
      if (piece < 0) {
        stream.skip(-piece);
        continue;
      }
      MemorySegment bytes = MemorySegment.ofArray(file).asSlice(at, piece);
      if (piece <= own.byteSize() && piece % 2 == 0) {
        stream.feed(own.asSlice(0, piece).copyFrom(bytes));
      } else {
        stream.feed(bytes);
      }
      at += piece;
    }
    return stream.finish().stream().map(EnginesAgreeTest::text).toList();
  }

  private static String text(ContentHit hit) {
    Artifact found = hit.artifact();
    String secret = new String(found.secrets().getFirst().reveal(), StandardCharsets.ISO_8859_1);
    return hit.rule().id()
        + " "
        + found.offset()
        + " "
        + found.line()
        + " "
        + found.fields()
        + " "
        + secret;
  }
}
