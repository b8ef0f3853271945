package io.amivet.artifact.ssh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directives of {@code sshd_config} in the order in which sshd meets them, includes expanded in
 * place (sshd_config(5)).
 */
record SshdConfig(List<Directive> directives) {
  SshdConfig {
    directives = List.copyOf(directives);
  }

  /**
   * One directive.
   *
   * @param keyword lower case
   * @param match criteria of the {@code Match} block around it, empty outside
   * @param file that holds it
   */
  record Directive(
      String keyword, List<String> arguments, String match, String file, int line, long offset) {
    Directive {
      arguments = List.copyOf(arguments);
    }

    String value() {
      return String.join(" ", arguments);
    }
  }

  /** The directive that counts outside of Match blocks: the first. */
  Optional<Directive> global(String keyword) {
    return directives.stream()
        .filter(d -> d.keyword().equals(keyword) && d.match().isEmpty())
        .findFirst();
  }

  /** The first argument of the directive that counts, or {@code fallback}. */
  String globalValue(String keyword, String fallback) {
    return global(keyword)
        .filter(d -> !d.arguments().isEmpty())
        .map(d -> d.arguments().getFirst())
        .orElse(fallback);
  }

  /** All arguments of a keyword that accumulates, such as {@code HostKey}. */
  List<String> all(String keyword) {
    return directives.stream()
        .filter(d -> d.keyword().equals(keyword))
        .flatMap(d -> d.arguments().stream())
        .toList();
  }

  /** The first directive of each keyword, for the global section and for each Match block. */
  List<Directive> effective() {
    Map<List<String>, Directive> first = new LinkedHashMap<>();
    for (Directive directive : directives) {
      first.putIfAbsent(List.of(directive.match(), directive.keyword()), directive);
    }
    return new ArrayList<>(first.values());
  }
}
