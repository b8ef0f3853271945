package io.amivet.cli;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * SHA-256 of the regular files in a list, computed in the order of the disk, so that a remote or
 * cold image is read as a stream.
 */
final class FileDigests {
  /**
   * A file that claims more zeros than this is not hashed: a few bytes of image could ask for years
   * of work.
   */
  static final long MAX_HOLE_BYTES = 64L << 30;

  static final byte[] NONE = {};

  private final FileSystemView fs;
  private final Notes notes;
  private final Counters counters;
  private final ContentPieces pieces = new ContentPieces();
  private final MessageDigest sha256;

  FileDigests(FileSystemView fs, Notes notes, Counters counters) {
    this.fs = fs;
    this.notes = notes;
    this.counters = counters;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A file to hash: its place in the list, and on the disk. */
  private record Job(int index, FileEntry entry, long position, long writtenBytes) {}

  /** One digest for each entry, in the same order; {@link #NONE} where there is none. */
  byte[][] of(List<FileEntry> entries) throws IOException {
    List<Job> jobs = jobs(entries);
    byte[][] digests = new byte[entries.size()][];
    java.util.Arrays.fill(digests, NONE);
    Job previous = null;
    int announced = 0;
    for (int i = 0; i < jobs.size(); i++) {
      if (i == announced) {
        announced = announce(jobs, i);
      }
      Job job = jobs.get(i);
      boolean sameInode =
          previous != null && previous.entry().inode().number() == job.entry().inode().number();
      digests[job.index()] =
          sameInode && previous != null ? digests[previous.index()] : digest(job.entry());
      previous = job;
    }
    return digests;
  }

  private List<Job> jobs(List<FileEntry> entries) throws IOException {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      FileEntry entry = entries.get(i);
      if (!entry.inode().isRegular()) {
        continue;
      }
      try {
        FileContent content = fs.content(entry.inode());
        if (isReadable(entry, content)) {
          long written = content.writtenBytes();
          counters.expectBytes(content.sizeBytes());
          jobs.add(new Job(i, entry, position(entry, content), written));
        }
      } catch (CorruptImageException | UnsupportedFeatureException e) {
        notes.loss("cannot read " + TerminalText.escape(entry.path()) + ": " + e.getMessage());
      }
    }
    // Names of one inode come together, so that it is hashed once.
    jobs.sort(
        Comparator.comparingLong(Job::position)
            .thenComparingLong(job -> job.entry().inode().number()));
    return jobs;
  }

  private boolean isReadable(FileEntry entry, FileContent content) {
    String path = TerminalText.escape(entry.path());
    if (entry.inode().encrypted()) {
      notes.loss("not hashed, since its contents are encrypted: " + path);
      return false;
    }
    if (content.sizeBytes() - content.writtenBytes() > MAX_HOLE_BYTES) {
      notes.loss("not hashed, since it claims " + content.sizeBytes() + " bytes: " + path);
      return false;
    }
    return true;
  }

  private long position(FileEntry entry, FileContent content) {
    List<ByteRange> stored = content.storedRanges(0, content.sizeBytes());
    return stored.isEmpty()
        ? fs.inodeLocation(entry.inode().number()).offset()
        : stored.getFirst().offset();
  }

  /**
   * Announces the files from {@code first} on that fit a window; returns the first that did not.
   */
  private int announce(List<Job> jobs, int first) throws IOException {
    List<ByteRange> ranges = new ArrayList<>();
    long bytes = 0;
    int next = first;
    while (next < jobs.size()
        && (next == first || bytes + jobs.get(next).writtenBytes() <= ContentPieces.WINDOW_BYTES)) {
      Job job = jobs.get(next);
      bytes += job.writtenBytes();
      // A file larger than the window announces itself piece by piece.
      if (job.writtenBytes() <= ContentPieces.WINDOW_BYTES) {
        FileContent content = fs.content(job.entry().inode());
        ranges.addAll(content.storedRanges(0, content.sizeBytes()));
      }
      next++;
    }
    fs.volume().prefetch(ranges);
    return next;
  }

  private byte[] digest(FileEntry entry) throws IOException {
    try {
      pieces.all(
          fs,
          fs.content(entry.inode()),
          (position, buffer, length) -> {
            sha256.update(buffer, 0, length);
            counters.addBytes(length);
          });
      counters.addFile();
      return sha256.digest();
    } catch (CorruptImageException | UnsupportedFeatureException e) {
      sha256.reset();
      notes.loss("cannot read " + TerminalText.escape(entry.path()) + ": " + e.getMessage());
      return NONE;
    }
  }
}
