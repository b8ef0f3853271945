package io.amivet.cli;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.TreeWalk;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The contents of files one after the other as a stream of bytes: one thread walks, one reads the
 * image in large pieces and in the order of the disk, one writes. Holes are written as zeros.
 */
final class ContentStream {
  private static final int PIECE_BYTES = 256 << 10;
  private static final int PIECES = 8;
  private static final int BATCHES_AHEAD = 8;

  /** Sorted by their place on the disk; few enough that reading starts while the walk goes on. */
  private static final int FILES_TOGETHER = 1 << 13;

  private final OpenVolume volume;
  private final Notes notes;
  private final Counters counters;
  private final DiskOrder order;
  private final BlockingQueue<MemorySegment> free = new ArrayBlockingQueue<>(PIECES);

  ContentStream(OpenVolume volume, Notes notes, Counters counters) {
    this.volume = volume;
    this.notes = notes;
    this.counters = counters;
    this.order = new DiskOrder(volume.fs(), notes, counters, "written");
  }

  /** Writes the contents of a file, or of all files below a directory. */
  void write(FileEntry start, OutputStream out) throws IOException {
    free.clear();
    for (int i = 0; i < PIECES; i++) {
      // Native memory, which the kernel fills and empties without another copy.
      free.add(Arena.ofAuto().allocate(PIECE_BYTES));
    }
    try (ReadAhead<List<FileEntry>> walk =
            new ReadAhead<>(BATCHES_AHEAD, sink -> walk(start, sink));
        ReadAhead<Piece> pieces = new ReadAhead<>(PIECES, sink -> read(walk, sink))) {
      for (Piece piece = pieces.next(); piece != null; piece = pieces.next()) {
        BufferedStandardOutput.write(out, piece.memory().asSlice(0, piece.length()).asByteBuffer());
        counters.addBytes(piece.length());
        free.add(piece.memory());
      }
    }
  }

  /** A buffer, filled up to {@code length}. */
  private record Piece(MemorySegment memory, long length) {}

  private void walk(FileEntry start, ReadAhead.Sink<List<FileEntry>> sink) throws IOException {
    if (!start.inode().isDirectory()) {
      sink.put(List.of(start));
    } else if (!TreeWalk.walk(volume.fs(), start, volume.anomalies(), sink::put).complete()) {
      notes.loss("not everything below " + TerminalText.escape(start.path()) + " can be read");
    }
  }

  private void read(ReadAhead<List<FileEntry>> walk, ReadAhead.Sink<Piece> sink)
      throws IOException {
    Filler filler = new Filler(sink);
    List<FileEntry> waiting = new ArrayList<>();
    for (List<FileEntry> some = walk.next(); some != null; some = walk.next()) {
      some.stream().filter(entry -> entry.inode().isRegular()).forEach(waiting::add);
      if (waiting.size() >= FILES_TOGETHER) {
        readFiles(waiting, filler);
        waiting.clear();
      }
    }
    readFiles(waiting, filler);
    filler.handOn();
  }

  private void readFiles(List<FileEntry> files, Filler filler) throws IOException {
    List<DiskOrder.Job> jobs = order.of(files);
    int announced = 0;
    for (int i = 0; i < jobs.size(); i++) {
      if (i == announced) {
        announced = order.announce(jobs, i);
      }
      try {
        order.charge(jobs.get(i));
        filler.add(order.content(jobs.get(i)), jobs.get(i).writtenBytes());
        counters.addFile();
      } catch (CorruptImageException | UnsupportedFeatureException | RefusedException e) {
        order.lose(jobs.get(i).entry(), e);
      }
    }
  }

  /** Fills one piece after the other. */
  private final class Filler {
    private final ReadAhead.Sink<Piece> sink;
    private MemorySegment memory = MemorySegment.NULL;
    private long length;

    Filler(ReadAhead.Sink<Piece> sink) {
      this.sink = sink;
    }

    void add(FileContent content, long writtenBytes) throws IOException {
      ContentReader reader = new ContentReader(volume.fs().volume(), content);
      boolean large = writtenBytes > ContentPieces.WINDOW_BYTES;
      long announced = 0;
      long count;
      for (long at = 0; at < content.sizeBytes(); at += count) {
        if (large && at >= announced) {
          announced = at + ContentPieces.WINDOW_BYTES;
          volume.fs().volume().prefetch(content.storedRanges(at, announced));
        }
        if (length == memory.byteSize()) {
          handOn();
          memory = takeFree();
        }
        count = Math.min(content.sizeBytes() - at, memory.byteSize() - length);
        reader.read(at, memory.asSlice(length, count));
        length += count;
      }
    }

    void handOn() throws IOException {
      if (length > 0) {
        sink.put(new Piece(memory, length));
        memory = MemorySegment.NULL;
        length = 0;
      }
    }

    private MemorySegment takeFree() throws IOException {
      try {
        return free.take();
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("no longer wanted");
      }
    }
  }
}
