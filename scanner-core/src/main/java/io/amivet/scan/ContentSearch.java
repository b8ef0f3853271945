package io.amivet.scan;

import io.amivet.artifact.Secret;
import io.amivet.match.ContentHit;
import io.amivet.match.MatchStream;
import io.amivet.match.PieceSink;
import io.amivet.rule.Rule;
import io.amivet.rule.RuleSet.RuleMatch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Searches contents for what the content rules describe, one file after another: {@link #begin},
 * the pieces in order, {@link #finish}. Where the bytes come from, a file or a member of an
 * archive, makes no difference. For one thread.
 */
final class ContentSearch implements PieceSink {
  private final MatchStream tokens;

  ContentSearch(MatchStream tokens) {
    this.tokens = tokens;
  }

  /**
   * What came out of one file.
   *
   * @param problems why it was not searched completely, one sentence each
   */
  record Result(List<RuleMatch> matches, List<String> problems) {}

  /** Starts on a new file. */
  void begin() {
    tokens.reset();
  }

  @Override
  public void feed(MemorySegment piece) {
    tokens.feed(piece);
  }

  @Override
  public void skip(long lengthBytes) {
    tokens.skip(lengthBytes);
  }

  /**
   * Ends the file.
   *
   * @param inScope which rules count; asked for only if any matched
   * @param understood what parsers made of the file: a secret among it is not reported again, but
   *     the rule that matched it is named there
   */
  Result finish(Supplier<List<Rule>> inScope, List<RuleMatch> understood) {
    List<RuleMatch> matches = matches(inScope, understood, tokens.finish());
    List<String> problems = new ArrayList<>();
    if (tokens.abortedMatches() > 0) {
      problems.add(tokens.abortedMatches() + " patterns took too long and were given up");
    }
    if (tokens.droppedHits() > 0) {
      problems.add(tokens.droppedHits() + " more secrets than are kept for one file");
    }
    return new Result(matches, problems);
  }

  private List<RuleMatch> matches(
      Supplier<List<Rule>> inScope, List<RuleMatch> understood, List<ContentHit> hits) {
    if (hits.isEmpty()) {
      return List.of();
    }
    Set<Object> known = new HashSet<>();
    for (RuleMatch match : understood) {
      known.add(match.rule().id());
      known.addAll(match.artifact().secrets());
      known.add(match.artifact().fields().getOrDefault("fingerprint", ""));
    }
    Set<Rule> counting = new HashSet<>(inScope.get());
    List<RuleMatch> matches = new ArrayList<>();
    for (ContentHit hit : hits) {
      if (!counting.contains(hit.rule())) {
        continue;
      }
      List<Secret> secrets = hit.artifact().secrets();
      if (known.contains(hit.rule().id()) || secrets.stream().anyMatch(known::contains)) {
        understood.replaceAll(
            match -> sharesSecret(match, secrets) ? match.alsoMatchedBy(ids(match, hit)) : match);
      } else {
        matches.add(new RuleMatch(hit.rule(), hit.artifact(), hit.alsoMatched()));
      }
    }
    return matches;
  }

  private static boolean sharesSecret(RuleMatch match, List<Secret> secrets) {
    return match.artifact().secrets().stream().anyMatch(secrets::contains);
  }

  private static List<String> ids(RuleMatch match, ContentHit hit) {
    List<String> ids = new ArrayList<>(hit.alsoMatched());
    ids.add(hit.rule().id());
    ids.remove(match.rule().id());
    return ids;
  }
}
