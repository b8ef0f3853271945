package io.amivet.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Secret;
import io.amivet.rule.Profile;
import io.amivet.rule.Rule;
import io.amivet.rule.RulePacks;
import io.amivet.rule.RuleSet;
import io.amivet.rule.Severity;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all engines have in common. */
class MatchEngineTest {
  private static final String TOKEN = "tok_q8Zr1LmW";

  @ParameterizedTest
  @EnumSource
  void findsAMatchWhereverThePiecesAreCut(TestEngines engines) throws Exception {
    byte[] file = bytes("first\nx " + TOKEN + " y\n");
    for (int cut = 0; cut <= file.length; cut++) {
      MatchStream stream = engines.make(List.of(tokenRule())).open();
      stream.feed(MemorySegment.ofArray(file).asSlice(0, cut));
      stream.feed(MemorySegment.ofArray(file).asSlice(cut));

      assertThat(stream.finish())
          .singleElement()
          .satisfies(hit -> {
            assertThat(hit.artifact().offset()).isEqualTo(8);
            assertThat(hit.artifact().line()).isEqualTo(2);
            assertThat(hit.artifact().secrets()).containsExactly(Secret.ofLatin1(TOKEN));
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsMatchesOnBothSidesOfItsBufferWithTheirLines(TestEngines engines) throws Exception {
    StringBuilder file = new StringBuilder();
    Random random = new Random(3);
    int count = 0;
    while (file.length() < 1_000_000) {
      file.append("\n".repeat(1 + random.nextInt(9))).append(".".repeat(random.nextInt(5000)));
      file.append(" tok_q8Z").append(String.format(Locale.ROOT, "%05d", count++)).append(' ');
    }
    MatchStream stream = engines.make(List.of(tokenRule())).open();
    stream.feed(MemorySegment.ofArray(bytes(file.toString())));

    List<ContentHit> hits = stream.finish();

    assertThat(hits).hasSize(count);
    for (ContentHit hit : hits) {
      int offset = (int) hit.artifact().offset();
      assertThat(file.substring(offset, offset + 7)).isEqualTo("tok_q8Z");
      long lines = file.substring(0, offset).chars().filter(c -> c == '\n').count();
      assertThat(hit.artifact().line()).isEqualTo((int) lines + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reportsASecretOnceAndCountsIt(TestEngines engines) throws Exception {
    MatchStream stream = engines.make(List.of(tokenRule())).open();
    stream.feed(MemorySegment.ofArray(bytes((TOKEN + "\n").repeat(50))));

    assertThat(stream.finish())
        .singleElement()
        .satisfies(hit -> assertThat(hit.artifact().fields()).containsEntry("occurrences", "50"));
  }

  @ParameterizedTest
  @EnumSource
  void evidenceDoesNotShowTheSecret(TestEngines engines) throws Exception {
    MatchStream stream = engines.make(List.of(tokenRule())).open();
    stream.feed(MemorySegment.ofArray(bytes(TOKEN)));

    assertThat(stream.finish().getFirst().artifact().toString()).doesNotContain(TOKEN);
  }

  @ParameterizedTest
  @EnumSource
  void keepsAtMostAThousandHitsAndCountsTheRest(TestEngines engines) throws Exception {
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < 1500; i++) {
      file.append(String.format(Locale.ROOT, "tok_q8Zr%04d%n", i));
    }
    MatchStream stream = engines.make(List.of(tokenRule())).open();
    stream.feed(MemorySegment.ofArray(bytes(file.toString())));

    assertThat(stream.finish()).hasSize(1000);
    assertThat(stream.droppedHits()).isEqualTo(500);
  }

  @ParameterizedTest
  @EnumSource
  void givesUpOnARunawayPatternAndSaysSo(TestEngines engines) throws Exception {
    Rule runaway = rule("(?:[ac]{1,60}){1,60}(?=b)", "aca");
    MatchStream stream = engines.make(List.of(runaway)).open();
    stream.feed(MemorySegment.ofArray(bytes("ac".repeat(10_000))));

    assertThat(stream.finish()).isEmpty();
    assertThat(stream.abortedMatches()).isEqualTo(1);

    stream.reset();
    stream.feed(MemorySegment.ofArray(bytes("acab")));
    assertThat(stream.finish()).hasSize(1);
    assertThat(stream.abortedMatches()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aKeyIdInsideItsPairIsNotReportedTwice(TestEngines engines) throws Exception {
    List<Rule> rules =
        new RuleSet(
                RulePacks.builtIn().rules().stream()
                    .filter(rule -> rule.category().equals("cld"))
                    .filter(rule -> rule.condition() instanceof Rule.Condition.Content)
                    .toList(),
                List.of(),
                Profile.PUBLISH)
            .contentRules();
    MatchStream stream = engines.make(rules).open();
    stream.feed(
        MemorySegment.ofArray(
            bytes("AKIA5WLTSAMIVETTEST7 amivetTest/q7Vb2xkLm9tH81pZq3Rw5Yc0NfUjK\n")));

    assertThat(stream.finish()).extracting(hit -> hit.rule().id()).containsExactly("CLD-006");
  }

  private static Rule tokenRule() {
    return rule("\\btok_[A-Za-z0-9]{8}\\b", "TOK_");
  }

  private static Rule rule(String regex, String keyword) {
    return new Rule(
        "TST-001",
        "t",
        "d",
        "tst",
        Map.of(Profile.PUBLISH, Severity.HIGH),
        List.of(),
        List.of(),
        new Rule.Condition.Content(regex, List.of(keyword), 0, List.of()),
        "r",
        List.of(),
        new Rule.Examples(List.of(), List.of()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
