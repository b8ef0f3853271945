package io.amivet.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys are decoded where their names tell, and searched for everywhere else: no gap, no overlap.
 */
class KeyRulesTest {

  @ParameterizedTest
  @ValueSource(strings = {"SSH-053", "SSH-054", "SSH-055", "SSH-056", "SSH-057"})
  void theSearchStartsWhereTheDecoderEnds(String id) {
    List<PathPattern> searched = new ArrayList<>(rule(id).excludedPaths());
    // What no token rule looks at, and the key file of a cloud account with a rule of its own.
    searched.removeAll(rule("CLD-006").excludedPaths());
    searched.remove(new PathPattern("/**/key.json"));
    // Programs and libraries carry the keys of their own self-tests.
    searched.remove(new PathPattern("/usr/{bin,sbin}/*"));
    searched.remove(new PathPattern("/usr/lib{,32,64}/**/*.so*"));

    assertThat(searched).containsExactlyInAnyOrderElementsOf(rule("SSH-011").paths());
  }

  private static Rule rule(String id) {
    return RulePacks.builtIn().rules().stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
