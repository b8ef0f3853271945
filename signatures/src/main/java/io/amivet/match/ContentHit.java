package io.amivet.match;

import io.amivet.artifact.Artifact;
import io.amivet.rule.Rule;
import java.util.List;

/**
 * A content rule that fired, with what it found (kind {@code token}).
 *
 * @param alsoMatched ids of rules that matched the same secret and say less of it, sorted
 */
public record ContentHit(Rule rule, Artifact artifact, List<String> alsoMatched) {
  public ContentHit {
    alsoMatched = List.copyOf(alsoMatched);
  }
}
