package io.amivet.cli;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.plan.ReadBudget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The regular files among some entries in the order of their contents on the disk, so that a remote
 * or cold image is read as a stream. What cannot be read is said and left out.
 */
final class DiskOrder {
  /**
   * A file that claims more zeros than this is left out: a few bytes of image could ask for years
   * of work.
   */
  static final long MAX_HOLE_BYTES = 64L << 30;

  /** The same for all files together: some ten seconds of hashing. */
  static final long MAX_HOLE_BYTES_IN_ALL = 8L << 30;

  /** Pieces of contents remembered; damaged inodes can all claim the same thousands of extents. */
  private static final int MAX_KNOWN_RANGES = 1 << 18;

  private final FileSystemView fs;
  private final Notes notes;
  private final Counters counters;
  private final String participle;
  private int knownRanges;
  private long holeBytesLeft = MAX_HOLE_BYTES_IN_ALL;
  private long readBytesLeft;

  /**
   * @param participle what is done with the files, for messages: {@code hashed}
   */
  DiskOrder(FileSystemView fs, Notes notes, Counters counters, String participle) {
    this.fs = fs;
    this.notes = notes;
    this.counters = counters;
    this.participle = participle;
    this.readBytesLeft = ReadBudget.of(fs.volume());
  }

  /**
   * A file to read.
   *
   * @param index its place among the entries
   * @param known its contents, unless remembering them would cost too much
   * @param position where they start on the volume
   */
  record Job(
      int index,
      FileEntry entry,
      @Nullable FileContent known,
      long position,
      long sizeBytes,
      long writtenBytes) {}

  /** The files of {@code entries} that can be read; names of one inode come together. */
  List<Job> of(List<FileEntry> entries) throws IOException {
    knownRanges = 0;
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      FileEntry entry = entries.get(i);
      if (!entry.inode().isRegular()) {
        continue;
      }
      try {
        FileContent content = fs.content(entry.inode());
        long writtenBytes = content.writtenBytes();
        if (isReadable(entry, content, writtenBytes)) {
          counters.expectBytes(content.sizeBytes());
          jobs.add(job(i, entry, content, writtenBytes));
        }
      } catch (CorruptImageException | UnsupportedFeatureException e) {
        lose(entry, e);
      }
    }
    jobs.sort(
        Comparator.comparingLong(Job::position)
            .thenComparingLong(job -> job.entry().inode().number()));
    return jobs;
  }

  private Job job(int index, FileEntry entry, FileContent content, long writtenBytes) {
    List<ByteRange> stored = content.storedRanges(0, content.sizeBytes());
    long position =
        stored.isEmpty()
            ? fs.inodeLocation(entry.inode().number()).offset()
            : stored.getFirst().offset();
    knownRanges += stored.size();
    FileContent known = knownRanges <= MAX_KNOWN_RANGES ? content : null;
    return new Job(index, entry, known, position, content.sizeBytes(), writtenBytes);
  }

  private boolean isReadable(FileEntry entry, FileContent content, long writtenBytes) {
    String reason;
    if (entry.inode().encrypted()) {
      reason = "its contents are encrypted";
    } else if (content.sizeBytes() - writtenBytes > MAX_HOLE_BYTES) {
      reason = "it claims " + content.sizeBytes() + " bytes";
    } else {
      return true;
    }
    notes.loss(
        "not " + participle + ", since " + reason + ": " + TerminalText.escape(entry.path()));
    return false;
  }

  /** Says that a file could not be read. */
  void lose(FileEntry entry, IOException cause) {
    notes.loss("cannot read " + TerminalText.escape(entry.path()) + ": " + cause.getMessage());
  }

  /**
   * Takes what reading a file costs from what may be read of this volume.
   *
   * @throws RefusedException if that is used up
   */
  void charge(Job job) throws IOException {
    long holeBytes = job.sizeBytes() - job.writtenBytes();
    if (holeBytes > holeBytesLeft) {
      throw new RefusedException("files of this volume claim too many zeros");
    }
    if (job.writtenBytes() > readBytesLeft) {
      throw new RefusedException("files of this volume overlap beyond all reason");
    }
    holeBytesLeft -= Math.max(0, holeBytes);
    readBytesLeft -= job.writtenBytes();
  }

  FileContent content(Job job) throws IOException {
    FileContent known = job.known();
    return known != null ? known : fs.content(job.entry().inode());
  }

  /**
   * Announces the files from {@code first} on that fit a window; returns the first that did not.
   */
  int announce(List<Job> jobs, int first) throws IOException {
    List<ByteRange> ranges = new ArrayList<>();
    long bytes = 0;
    int next = first;
    while (next < jobs.size()
        && (next == first || bytes + jobs.get(next).writtenBytes() <= ContentPieces.WINDOW_BYTES)) {
      Job job = jobs.get(next);
      bytes += job.writtenBytes();
      // A file larger than the window announces itself piece by piece.
      if (job.writtenBytes() <= ContentPieces.WINDOW_BYTES) {
        FileContent content = content(job);
        ranges.addAll(content.storedRanges(0, content.sizeBytes()));
      }
      next++;
    }
    fs.volume().prefetch(ranges);
    return next;
  }
}
