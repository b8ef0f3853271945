package io.amivet.match;

import io.amivet.rule.RegexShape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way through a {@link JavaMatchEngine}. Keeps a window of the file; a keyword
 * waits until as much of the file is there as the longest match could reach.
 */
final class JavaMatchStream implements MatchStream {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int REACH_BYTES = RegexShape.MAX_MATCH_CHARS;

  /** Room for lookbehind in front of the earliest match. */
  private static final int MARGIN_BYTES = 256;

  private static final int BLOCK_BYTES = 16 << 10;

  /** More starts than this are looked for by the matcher itself. */
  private static final int MAX_TRIED_STARTS = 8;

  /** Looks at characters that a rule has free, and for each byte of the file. */
  private static final long FREE_LOOKS = 4_000_000;

  private static final long LOOKS_PER_BYTE = 8;

  private final List<CompiledRule> rules;
  private final KeywordAutomaton automaton;
  private final int[] keywordLengths;
  private final int[][] rulesOfKeyword;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final GuardedText text = new GuardedText(buffer);
  private final Matcher[] matchers;
  private final HitCollector collector = new HitCollector();

  /** For each rule, the first offset in the file where a match may start that was not tried. */
  private final long[] untried;

  private final long[] looks;
  private final boolean[] aborted;
  private int abortedCount;

  /** Offset in the file of the buffer's first byte, and the newlines before it. */
  private long base;

  private int newlinesBeforeBase;
  private int filled;
  private int scanned;
  private int state = KeywordAutomaton.start();

  private long[] waitingStarts = new long[64];
  private int[] waitingKeywords = new int[64];
  private int waiting;

  JavaMatchStream(
      List<CompiledRule> rules,
      KeywordAutomaton automaton,
      int[] keywordLengths,
      int[][] rulesOfKeyword) {
    this.rules = rules;
    this.automaton = automaton;
    this.keywordLengths = keywordLengths;
    this.rulesOfKeyword = rulesOfKeyword;
    this.matchers = new Matcher[rules.size()];
    this.untried = new long[rules.size()];
    this.looks = new long[rules.size()];
    this.aborted = new boolean[rules.size()];
  }

  @Override
  public MemorySegment newBuffer(int sizeBytes) {
    return MemorySegment.ofArray(new byte[sizeBytes]);
  }

  @Override
  public void feed(MemorySegment piece) {
    long done = 0;
    while (done < piece.byteSize()) {
      if (filled == buffer.length) {
        slide();
      }
      int count = (int) Math.min(piece.byteSize() - done, buffer.length - filled);
      MemorySegment.copy(piece, ValueLayout.JAVA_BYTE, done, buffer, filled, count);
      filled += count;
      done += count;
      text.setLength(filled);
      scan();
    }
  }

  private void scan() {
    while (scanned < filled) {
      int end = Math.min(filled, scanned + BLOCK_BYTES);
      state = automaton.scan(buffer, scanned, end, state, this::await);
      scanned = end;
      confirm(base + filled - REACH_BYTES);
    }
  }

  /** Files a keyword among those that wait, which are in order of where they start. */
  private void await(int keyword, int endIndex) {
    if (waiting == waitingStarts.length) {
      waitingStarts = Arrays.copyOf(waitingStarts, 2 * waiting);
      waitingKeywords = Arrays.copyOf(waitingKeywords, 2 * waiting);
    }
    long start = base + endIndex - keywordLengths[keyword];
    int at = waiting++;
    while (at > 0 && waitingStarts[at - 1] > start) {
      waitingStarts[at] = waitingStarts[at - 1];
      waitingKeywords[at] = waitingKeywords[at - 1];
      at--;
    }
    waitingStarts[at] = start;
    waitingKeywords[at] = keyword;
  }

  /** Runs the rules of the waiting keywords that start at or before {@code limit}. */
  private void confirm(long limit) {
    int done = 0;
    while (done < waiting && waitingStarts[done] <= limit) {
      for (int rule : rulesOfKeyword[waitingKeywords[done]]) {
        if (!aborted[rule]) {
          confirm(rule, waitingStarts[done]);
        }
      }
      done++;
    }
    if (done > 0) {
      System.arraycopy(waitingStarts, done, waitingStarts, 0, waiting - done);
      System.arraycopy(waitingKeywords, done, waitingKeywords, 0, waiting - done);
      waiting -= done;
    }
  }

  /** Looks for matches of a rule that contain the keyword at {@code start}. */
  private void confirm(int rule, long start) {
    CompiledRule compiled = rules.get(rule);
    long from = Math.max(Math.max(start - compiled.leadChars(), untried[rule]), base);
    if (from > start) {
      return;
    }
    long to = Math.min(start + compiled.maxChars(), base + filled);
    text.allow(FREE_LOOKS + LOOKS_PER_BYTE * (base + filled) - looks[rule]);
    long before = text.allowance();
    untried[rule] = start + 1;
    try {
      Matcher matcher = matcher(rule);
      if (start - from <= MAX_TRIED_STARTS) {
        tryStarts(rule, matcher, from, start, to);
      } else {
        find(rule, matcher, from, start, to);
      }
    } catch (GuardedText.Exhausted | StackOverflowError e) {
      aborted[rule] = true;
      abortedCount++;
      matchers[rule] = null;
    }
    looks[rule] += before - text.allowance();
  }

  private void tryStarts(int rule, Matcher matcher, long from, long last, long to) {
    long at = from;
    while (at <= last) {
      matcher.region((int) (at - base), (int) (to - base));
      if (matcher.lookingAt()) {
        matched(rule, matcher, last);
        at = Math.max(at + 1, base + matcher.end());
      } else {
        at++;
      }
    }
  }

  private void find(int rule, Matcher matcher, long from, long last, long to) {
    matcher.region((int) (from - base), (int) Math.max(to - base, from - base));
    // A match that starts after the keyword has a keyword of its own, and is cut off by this
    // region: its turn comes.
    while (matcher.find() && base + matcher.start() <= last) {
      matched(rule, matcher, last);
    }
  }

  private void matched(int rule, Matcher matcher, long last) {
    untried[rule] = Math.max(last + 1, base + matcher.end());
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
    int secretStart = rule.secretStart(matcher);
    if (collector.countsAgain(rule, secret)) {
      if (collector.wantsPlace(rule, secret)) {
        collector.addPlace(rule, secret, base + secretStart, lineAt(secretStart));
      }
      return;
    }
    if (!rule.accepts(secret)) {
      return;
    }
    collector.add(
        rule,
        secret,
        base + matcher.start(),
        base + matcher.end(),
        base + secretStart,
        lineAt(secretStart),
        rule.fields(matcher));
  }

  private int lineAt(int position) {
    return newlinesBeforeBase + newlines(position) + 1;
  }

  private int newlines(int end) {
    int count = 0;
    for (int i = 0; i < end; i++) {
      count += buffer[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  /** Makes room, keeping what a match around a waiting or coming keyword may need. */
  private void slide() {
    long earliest = waiting > 0 ? waitingStarts[0] : base + filled;
    int keepFrom = (int) Math.max(0, earliest - base - REACH_BYTES - MARGIN_BYTES);
    newlinesBeforeBase += newlines(keepFrom);
    System.arraycopy(buffer, keepFrom, buffer, 0, filled - keepFrom);
    base += keepFrom;
    filled -= keepFrom;
    scanned -= keepFrom;
    text.setLength(filled);
  }

  @Override
  public void skip(long lengthBytes) {
    if (lengthBytes == 0) {
      return;
    }
    confirm(Long.MAX_VALUE);
    newlinesBeforeBase += newlines(filled);
    base += filled + lengthBytes;
    filled = 0;
    scanned = 0;
    state = KeywordAutomaton.start();
    text.setLength(0);
  }

  @Override
  public List<ContentHit> finish() {
    confirm(Long.MAX_VALUE);
    return collector.hits();
  }

  @Override
  public int abortedMatches() {
    return abortedCount;
  }

  @Override
  public int droppedHits() {
    return collector.dropped();
  }

  @Override
  public void reset() {
    collector.clear();
    Arrays.fill(untried, 0);
    Arrays.fill(looks, 0);
    Arrays.fill(aborted, false);
    abortedCount = 0;
    base = 0;
    newlinesBeforeBase = 0;
    filled = 0;
    scanned = 0;
    waiting = 0;
    state = KeywordAutomaton.start();
    text.setLength(0);
  }

  @Override
  public void close() {
    // All is on the heap.
  }
}
