package io.amivet.match;

import io.amivet.rule.RegexShape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * One file on its way through a {@link JavaMatchEngine}. Keeps a window of the file; a place where
 * a match may begin waits until as much of the file is there as the longest match could reach.
 */
final class JavaMatchStream implements MatchStream, RuleTrial.View {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int REACH_BYTES = RegexShape.MAX_MATCH_CHARS;

  /** Room for lookbehind in front of the earliest match. */
  private static final int MARGIN_BYTES = 256;

  private static final int BLOCK_BYTES = 16 << 10;

  private final KeywordIndex keywords;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final MemorySegment bytes = MemorySegment.ofArray(buffer);
  private final GuardedText text = new GuardedText(buffer);
  private final RuleTrial trial;
  private final CandidateQueue candidates;

  /** Offset in the file of the buffer's first byte, and the newlines before it. */
  private long base;

  private int newlinesBeforeBase;
  private int filled;
  private int scanned;
  private int state = KeywordIndex.start();

  JavaMatchStream(List<CompiledRule> rules, KeywordIndex keywords) {
    this.keywords = keywords;
    this.trial = new RuleTrial(rules, text, this);
    this.candidates = new CandidateQueue(rules.size());
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
      state = keywords.scan(buffer, scanned, end, state, this::candidate);
      scanned = end;
      candidates.drain(base + filled - REACH_BYTES, trial::tryRange);
    }
  }

  private void candidate(int rule, int firstStart, int lastStart) {
    candidates.add(rule, base + Math.max(0, firstStart), base + lastStart);
  }

  @Override
  public long textStart() {
    return base;
  }

  @Override
  public long fileEnd() {
    return base + filled;
  }

  @Override
  public int lineAt(long offset) {
    return newlinesBeforeBase + Newlines.count(bytes, 0, offset - base) + 1;
  }

  /** Makes room, keeping what a match around a waiting or coming place may need. */
  private void slide() {
    long earliest = Math.min(candidates.earliest(base + filled), base + filled - REACH_BYTES);
    int keepFrom = (int) Math.max(0, earliest - base - MARGIN_BYTES);
    newlinesBeforeBase += Newlines.count(bytes, 0, keepFrom);
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
    candidates.drain(Long.MAX_VALUE, trial::tryRange);
    newlinesBeforeBase += Newlines.count(bytes, 0, filled);
    base += filled + lengthBytes;
    filled = 0;
    scanned = 0;
    state = KeywordIndex.start();
    text.setLength(0);
  }

  @Override
  public List<ContentHit> finish() {
    candidates.drain(Long.MAX_VALUE, trial::tryRange);
    return trial.hits();
  }

  /** What trying the rules has cost so far. */
  RuleTrial trial() {
    return trial;
  }

  @Override
  public int abortedMatches() {
    return trial.abortedRules();
  }

  @Override
  public int droppedHits() {
    return trial.droppedHits();
  }

  @Override
  public void reset() {
    trial.clear();
    candidates.clear();
    base = 0;
    newlinesBeforeBase = 0;
    filled = 0;
    scanned = 0;
    state = KeywordIndex.start();
    text.setLength(0);
  }

  @Override
  public void close() {
    // All is on the heap.
  }
}
