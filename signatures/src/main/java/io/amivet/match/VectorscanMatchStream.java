package io.amivet.match;

import io.amivet.match.VectorscanMatchEngine.Lookout;
import io.amivet.rule.RegexShape;
import io.amivet.vectorscan.VectorscanDatabase;
import io.amivet.vectorscan.VectorscanStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way through a {@link VectorscanMatchEngine}. Native code sees nothing but the
 * buffer of this stream: pieces are searched there, and what is read elsewhere is copied to it. In
 * front of a piece lies the end of what came before it, so that a match can be tried across the
 * border.
 */
final class VectorscanMatchStream implements MatchStream, RuleTrial.View {
  /** Room for what a rule sees before and after its match. */
  private static final int BEHIND_BYTES = 256;

  private static final int AHEAD_BYTES = 1024;
  private static final int REACH_BYTES = RegexShape.MAX_MATCH_CHARS + AHEAD_BYTES;

  /** What is kept of the bytes before a piece: a range, a beginning and a match. */
  private static final int KEPT_BYTES = 16 << 10;

  /** Searched at once: bounds how many candidates wait. */
  private static final int BLOCK_BYTES = 64 << 10;

  private static final int DEFAULT_PIECE_BYTES = 512 << 10;

  private final List<CompiledRule> rules;
  private final List<Lookout> lookouts;
  private final Arena arena = Arena.ofShared();
  private final VectorscanStream stream;
  private final byte[] around = new byte[KEPT_BYTES];
  private final GuardedText text = new GuardedText(around);
  private final RuleTrial trial;
  private final CandidateQueue candidates;

  /** The same, found by keywords within one candidate. */
  private final CandidateQueue atKeywords;

  private final @Nullable KeywordIndex[] keywordsOfRule;

  /** What is kept, then the piece. */
  private MemorySegment window;

  private MemorySegment pieces;

  /** Bytes of the window in use: from {@code windowFrom} to {@code windowTo}. */
  private int windowFrom = KEPT_BYTES;

  private int windowTo = KEPT_BYTES;

  /** Offset in the file of the window's first used byte, and the newlines before it. */
  private long base;

  private int newlinesBeforeBase;

  /** Offset in the file where the library's stream began. */
  private long streamStart;

  /** Offset in the file of the text's first character. */
  private long textStart;

  /** Whether the library's stream has seen nothing since it began. */
  private boolean streamIsNew = true;

  VectorscanMatchStream(
      List<CompiledRule> rules, List<Lookout> lookouts, VectorscanDatabase database) {
    this.rules = rules;
    this.lookouts = lookouts;
    this.trial = new RuleTrial(rules, text, this);
    this.candidates = new CandidateQueue(rules.size());
    this.atKeywords = new CandidateQueue(rules.size());
    this.keywordsOfRule = new KeywordIndex[rules.size()];
    this.stream = database.open(this::found);
    this.window = arena.allocate(KEPT_BYTES + DEFAULT_PIECE_BYTES, Long.BYTES);
    this.pieces = window.asSlice(KEPT_BYTES);
  }

  /** Bytes of this buffer are searched in place; there is one, so the last one asked for counts. */
  @Override
  public MemorySegment newBuffer(int sizeBytes) {
    if (sizeBytes > pieces.byteSize()) {
      window = arena.allocate((long) KEPT_BYTES + sizeBytes, Long.BYTES);
      pieces = window.asSlice(KEPT_BYTES);
    }
    return pieces.asSlice(0, sizeBytes);
  }

  @Override
  public void feed(MemorySegment piece) {
    if (piece.isNative() && piece.address() == pieces.address()) {
      search((int) piece.byteSize());
      return;
    }
    for (long done = 0; done < piece.byteSize(); ) {
      long count = Math.min(piece.byteSize() - done, pieces.byteSize());
      MemorySegment.copy(piece, done, pieces, 0, count);
      search((int) count);
      done += count;
    }
  }

  /** Searches what stands in front of the buffer. */
  private void search(int sizeBytes) {
    streamIsNew = false;
    for (int at = 0; at < sizeBytes; at += BLOCK_BYTES) {
      int count = Math.min(BLOCK_BYTES, sizeBytes - at);
      stream.scan(pieces.asSlice(at, count));
      windowTo += count;
      candidates.drain(fileEnd() - REACH_BYTES, this::tryRange);
    }
    keepTheEnd();
  }

  /** Called by the library for the end of each match. */
  private void found(int number, long endOffset) {
    Lookout lookout = lookouts.get(number);
    long end = streamStart + endOffset;
    long first = Math.max(streamStart, end - lookout.expression().maxChars());
    long last = end - lookout.expression().minChars();
    if (trial.isDue(lookout.rule(), last)) {
      candidates.add(lookout.rule(), first, last);
    }
  }

  private void tryRange(int rule, long firstStart, long lastStart) {
    long first = trial.firstUntried(rule, firstStart);
    if (first <= lastStart) {
      show(first, lastStart + rules.get(rule).maxChars());
      if (lastStart - first < RuleTrial.MAX_TRIED_STARTS) {
        trial.tryRange(rule, first, lastStart);
      } else {
        tryAtKeywords(rule, first, lastStart);
      }
    }
  }

  /** Where many starts are possible, the rule's keywords tell which are. */
  private void tryAtKeywords(int rule, long firstStart, long lastStart) {
    KeywordIndex keywords = keywordsOfRule[rule];
    if (keywords == null) {
      keywords = KeywordIndex.of(List.of(rules.get(rule)));
      keywordsOfRule[rule] = keywords;
    }
    int from = (int) (firstStart - textStart);
    int last = (int) (lastStart - textStart);
    int to = Math.min(text.length(), last + keywords.reachBytes());
    keywords.scan(
        around,
        from,
        to,
        KeywordIndex.start(),
        (_, first, lastOfKeyword) -> {
          if (first <= last) {
            long start = textStart + Math.max(from, first);
            atKeywords.add(rule, start, textStart + Math.min(last, lastOfKeyword));
          }
        });
    atKeywords.drain(Long.MAX_VALUE, trial::tryRange);
  }

  /** Makes this part of the file the text, with something on either side, as far as there is. */
  private void show(long fromOffset, long toOffset) {
    long from = Math.max(fromOffset - BEHIND_BYTES, base);
    long to = Math.min(toOffset + AHEAD_BYTES, fileEnd());
    int length = (int) Math.min(to - from, around.length);
    textStart = from;
    MemorySegment.copy(
        window, windowFrom + (from - base), MemorySegment.ofArray(around), 0, length);
    text.setLength(length);
  }

  @Override
  public long textStart() {
    return textStart;
  }

  @Override
  public long fileEnd() {
    return base + windowTo - windowFrom;
  }

  @Override
  public int lineAt(long offset) {
    return newlinesBeforeBase
        + Newlines.count(window, windowFrom, windowFrom + (offset - base))
        + 1;
  }

  /** Moves the end of the window to where the next piece follows it. */
  private void keepTheEnd() {
    int used = windowTo - windowFrom;
    int kept = Math.min(used, KEPT_BYTES);
    int keptFrom = windowTo - kept;
    newlinesBeforeBase += Newlines.count(window, windowFrom, keptFrom);
    base += used - kept;
    MemorySegment.copy(window, keptFrom, window, KEPT_BYTES - kept, kept);
    windowFrom = KEPT_BYTES - kept;
    windowTo = KEPT_BYTES;
  }

  @Override
  public void skip(long lengthBytes) {
    if (lengthBytes == 0) {
      return;
    }
    endStream();
    newlinesBeforeBase += Newlines.count(window, windowFrom, windowTo);
    base = fileEnd() + lengthBytes;
    windowFrom = KEPT_BYTES;
    windowTo = KEPT_BYTES;
    streamStart = base;
  }

  private void beginStream() {
    if (!streamIsNew) {
      stream.reset();
      streamIsNew = true;
    }
  }

  private void endStream() {
    beginStream();
    candidates.drain(Long.MAX_VALUE, this::tryRange);
  }

  @Override
  public List<ContentHit> finish() {
    endStream();
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
    beginStream();
    trial.clear();
    candidates.clear();
    base = 0;
    newlinesBeforeBase = 0;
    windowFrom = KEPT_BYTES;
    windowTo = KEPT_BYTES;
    streamStart = 0;
  }

  @Override
  public void close() {
    stream.close();
    arena.close();
  }
}
