package io.amivet.match;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Tries the expressions of rules where a match may begin, and keeps what they find in one file.
 * What an engine does to find such places is its own affair: both come to the same matches, the
 * leftmost ones that do not overlap. For one thread.
 */
final class RuleTrial {
  /** More starts than this are looked for by the matcher itself. */
  static final int MAX_TRIED_STARTS = 8;

  /** Looks at characters that a rule has free, and for each byte of the file. */
  private static final long FREE_LOOKS = 4_000_000;

  private static final long LOOKS_PER_BYTE = 8;

  /** The part of the file around a match. */
  interface View {

    /** Offset in the file of the text's first character. */
    long textStart();

    /** Offset in the file of the byte after the last one that was read. */
    long fileEnd();

    /** Number of the line, from 1, that {@code offset} of the file is in. */
    int lineAt(long offset);
  }

  private final List<CompiledRule> rules;
  private final GuardedText text;
  private final View view;
  private final Matcher[] matchers;
  private final HitCollector collector = new HitCollector();

  /** For each rule, the first offset in the file where a match may start that was not tried. */
  private final long[] untried;

  private final long[] looks;
  private final boolean[] aborted;
  private int abortedCount;

  /**
   * @param text the part of the file that {@code view} tells the place of
   */
  RuleTrial(List<CompiledRule> rules, GuardedText text, View view) {
    this.rules = rules;
    this.text = text;
    this.view = view;
    this.matchers = new Matcher[rules.size()];
    this.untried = new long[rules.size()];
    this.looks = new long[rules.size()];
    this.aborted = new boolean[rules.size()];
  }

  /** Whether there is something left to try between these starts. */
  boolean isDue(int rule, long lastStart) {
    return !aborted[rule] && untried[rule] <= lastStart;
  }

  /** The first start not tried yet, or {@code firstStart} if that comes later. */
  long firstUntried(int rule, long firstStart) {
    return Math.max(firstStart, untried[rule]);
  }

  /**
   * Looks for matches of a rule that start between two offsets of the file, both included. The text
   * must hold them whole, and some bytes more on either side unless the file ends there.
   */
  void tryRange(int rule, long firstStart, long lastStart) {
    long from = Math.max(firstUntried(rule, firstStart), view.textStart());
    if (aborted[rule] || from > lastStart) {
      return;
    }
    CompiledRule compiled = rules.get(rule);
    int last = (int) (lastStart - view.textStart());
    int to = (int) Math.min((long) last + compiled.maxChars(), text.length());
    text.allow(FREE_LOOKS + LOOKS_PER_BYTE * view.fileEnd() - looks[rule]);
    long before = text.allowance();
    untried[rule] = lastStart + 1;
    try {
      Matcher matcher = matcher(rule);
      int first = (int) (from - view.textStart());
      if (last - first <= MAX_TRIED_STARTS) {
        tryEach(rule, matcher, first, last, to);
      } else {
        find(rule, matcher, first, last, to);
      }
    } catch (GuardedText.Exhausted | StackOverflowError e) {
      aborted[rule] = true;
      abortedCount++;
      matchers[rule] = null;
    }
    looks[rule] += before - text.allowance();
  }

  private void tryEach(int rule, Matcher matcher, int first, int last, int to) {
    int at = first;
    while (at <= last) {
      matcher.region(at, Math.max(at, to));
      if (matcher.lookingAt()) {
        matched(rule, matcher, last);
        at = Math.max(at + 1, matcher.end());
      } else {
        at++;
      }
    }
  }

  private void find(int rule, Matcher matcher, int first, int last, int to) {
    matcher.region(first, Math.max(to, first));
    // A match that starts later has a range of its own, and may be cut off by this region: its turn
    // comes.
    while (matcher.find() && matcher.start() <= last) {
      matched(rule, matcher, last);
    }
  }

  private void matched(int rule, Matcher matcher, int last) {
    untried[rule] = view.textStart() + Math.max(last + 1, matcher.end());
    report(rules.get(rule), matcher);
  }

  private Matcher matcher(int rule) {
    @Nullable Matcher matcher = matchers[rule];
    if (matcher == null) {
      matcher = rules.get(rule).pattern().matcher(text);
      matcher.useTransparentBounds(true).useAnchoringBounds(false);
      matchers[rule] = matcher;
    }
    return matcher;
  }

  private void report(CompiledRule rule, Matcher matcher) {
    String secret = rule.secret(matcher);
    long start = view.textStart();
    long secretOffset = start + rule.secretStart(matcher);
    if (collector.countsAgain(rule, secret)) {
      if (collector.wantsPlace(rule, secret)) {
        collector.addPlace(rule, secret, secretOffset, view.lineAt(secretOffset));
      }
      return;
    }
    if (!rule.accepts(secret) || rule.exempts(matcher, secret, text)) {
      return;
    }
    collector.add(
        rule,
        secret,
        start + matcher.start(),
        start + matcher.end(),
        secretOffset,
        view.lineAt(secretOffset),
        rule.fields(matcher));
  }

  List<ContentHit> hits() {
    return collector.hits();
  }

  /** How many characters a rule has looked at in this file. */
  long looks(int rule) {
    return looks[rule];
  }

  /** Rules that were given up because matching them cost too much. */
  int abortedRules() {
    return abortedCount;
  }

  int droppedHits() {
    return collector.dropped();
  }

  /** Forgets the file. */
  void clear() {
    collector.clear();
    Arrays.fill(untried, 0);
    Arrays.fill(looks, 0);
    Arrays.fill(aborted, false);
    abortedCount = 0;
  }
}
