package io.amivet.testdata.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Which calls go wrong and how. Whether the n-th call of an operation does depends on the seed, the
 * operation and n alone, however the calls of threads are mixed. The first line that applies wins.
 */
public final class FaultScript {
  /** The same in all runs. */
  public static final FaultScript NONE = new FaultScript(0, List.of());

  private static final double PERCENT = 100;

  private final long seed;
  private final List<Line> lines;
  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
  private final Map<FaultKind, LongAdder> played = new ConcurrentHashMap<>();

  private FaultScript(long seed, List<Line> lines) {
    this.seed = seed;
    this.lines = List.copyOf(lines);
  }

  /** A script without lines. */
  public static FaultScript seeded(long seed) {
    return new FaultScript(seed, List.of());
  }

  private record Line(String operation, FaultKind kind, long first, long last, double probability) {
    boolean applies(String called, long number, SplittableRandom random) {
      return operation.equals(called)
          && number >= first
          && number <= last
          && (probability >= 1 || random.nextDouble() < probability);
    }
  }

  private FaultScript and(Line line) {
    List<Line> more = new ArrayList<>(lines);
    more.add(line);
    return new FaultScript(seed, more);
  }

  /** Fails that share of the calls of an operation, {@code GetSnapshotBlock}. */
  public FaultScript percent(String operation, FaultKind kind, double percent) {
    return and(new Line(operation, kind, 1, Long.MAX_VALUE, percent / PERCENT));
  }

  /** Fails one call of an operation, counted from 1. */
  public FaultScript at(String operation, FaultKind kind, long number) {
    return and(new Line(operation, kind, number, number, 1));
  }

  /** Fails all calls of an operation from this one on, counted from 1. */
  public FaultScript from(String operation, FaultKind kind, long number) {
    return and(new Line(operation, kind, number, Long.MAX_VALUE, 1));
  }

  /** How often the script has made calls go wrong so. */
  public long played(FaultKind kind) {
    LongAdder count = played.get(kind);
    return count == null ? 0 : count.sum();
  }

  /** What happens to the next call of an operation; null if it succeeds. */
  @Nullable FaultKind next(String operation) {
    if (lines.isEmpty()) {
      return null;
    }
    long number = calls.computeIfAbsent(operation, _ -> new AtomicLong()).incrementAndGet();
    SplittableRandom random =
        new SplittableRandom(seed ^ operation.hashCode() * 31L ^ number << 20);
    for (Line line : lines) {
      if (line.applies(operation, number, random)) {
        played.computeIfAbsent(line.kind(), _ -> new LongAdder()).increment();
        return line.kind();
      }
    }
    return null;
  }
}
