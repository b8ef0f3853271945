package io.amivet.cli;

import java.util.concurrent.atomic.LongAdder;

/** What the file commands have done so far, for {@link ProgressLine} to look at. */
final class Counters {
  private final LongAdder bytes = new LongAdder();
  private final LongAdder expectedBytes = new LongAdder();
  private final LongAdder files = new LongAdder();

  void addBytes(long count) {
    bytes.add(count);
  }

  void expectBytes(long count) {
    expectedBytes.add(count);
  }

  void addFile() {
    files.increment();
  }

  ProgressSource source() {
    return new ProgressSource(bytes::sum, expectedBytes::sum, files::sum);
  }
}
