package io.amivet.fs;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.Fault;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Walks a whole file system, level by level, each level in the order of the disk: first the
 * directory blocks of the directories of the level by position, then the inodes of their children
 * by position. A level of very many children is taken in several such steps, so that memory holds
 * the pending directories and one step, not the tree. A remote image is told of each step before it
 * is read, so that it fetches side by side.
 *
 * <p>A damaged inode or directory costs itself and what lies below it, nothing else, and so does
 * one that the source fails to deliver; a source that fails time and again ends the walk. The walk
 * is bounded whatever the image says: a directory is entered once, depth and entries are limited.
 */
public final class TreeWalk {
  static final int MAX_DEPTH = 512;

  /** Enough for the largest images seen, small enough to bound memory. */
  static final int MAX_ENTRIES = 20_000_000;

  /** An entry with its path, twice: so much again goes to plans and results. */
  private static final int HEAP_BYTES_PER_ENTRY = 480;

  /** What a small volume may have; only directories that share blocks reach it. */
  private static final int MIN_ENTRIES = 1 << 20;

  /** A name takes at least this much of a volume: more entries are names counted twice. */
  private static final int BYTES_OF_ENTRY = 8;

  /** A missing block now and then is survivable; with a source that is gone it is no use. */
  static final int MAX_SOURCE_FAILURES = 100_000;

  /** Paths kept of what could not be read; the anomalies count all. */
  static final int MAX_UNREADABLE = 100_000;

  /** Children whose inodes are sorted and read together: some 16 MiB of inode tables. */
  static final int STEP_ENTRIES = 1 << 16;

  /** Directories announced to the device together. */
  private static final int ANNOUNCED_DIRECTORIES = 1 << 12;

  /** Small, so that the first entries are seen at once. */
  private static final int BATCH_ENTRIES = 1 << 10;

  private final FileSystemView fs;
  private final AnomalyLog anomalies;
  private final Visitor visitor;
  private final Predicate<FsPath> enters;
  private final long maxEntries;
  private final List<FsPath> unreadable = new ArrayList<>();
  private final Set<Long> seenDirectories = new HashSet<>();
  private List<FileEntry> batch = new ArrayList<>();
  private long found;
  private boolean complete = true;
  private int sourceFailures;

  private TreeWalk(
      FileSystemView fs,
      AnomalyLog anomalies,
      Visitor visitor,
      Predicate<FsPath> enters,
      long maxEntries) {
    this.enters = enters;
    this.fs = fs;
    this.anomalies = anomalies;
    this.visitor = visitor;
    long volumeBytes = fs.volume().sizeBytes();
    // A folder of this machine has no size.
    this.maxEntries =
        volumeBytes == 0
            ? maxEntries
            : Math.min(maxEntries, Math.max(volumeBytes / BYTES_OF_ENTRY, MIN_ENTRIES));
  }

  /** Receives the entries of a walk, some at a time. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes the next entries.
     *
     * @param entries at least one; the list is the visitor's to keep
     * @throws IOException to end the walk
     */
    void accept(List<FileEntry> entries) throws IOException;
  }

  /**
   * What a walk did not deliver.
   *
   * @param complete see {@link FileTree#complete}
   * @param unreadable see {@link FileTree#unreadable}
   */
  public record Outcome(boolean complete, List<FsPath> unreadable) {
    public Outcome {
      unreadable = List.copyOf(unreadable);
    }
  }

  /** A name whose inode is still to be read. */
  private record Child(FsPath path, long inodeNumber, ByteRange location) {}

  /** A directory still to be entered, with its blocks in the order of the file. */
  private record Directory(FileEntry entry, List<ByteRange> blocks, long position) {}

  /**
   * Walks from the root.
   *
   * @throws IOException if the inode of the root directory cannot be read, or is of another type
   */
  public static FileTree walk(FileSystemView fs, AnomalyLog anomalies) throws IOException {
    return walk(fs, anomalies, _ -> true);
  }

  /**
   * Walks from the root, and not into every directory.
   *
   * @param enters whether a directory is entered; what is not is listed itself
   * @throws IOException if the inode of the root directory cannot be read, or is of another type
   */
  public static FileTree walk(FileSystemView fs, AnomalyLog anomalies, Predicate<FsPath> enters)
      throws IOException {
    return collect(fs, root(fs), anomalies, enters);
  }

  /** Where a file system begins. Linux does not mount one whose root is not a directory. */
  static FileEntry root(FileSystemView fs) throws IOException {
    Inode inode = fs.inode(fs.rootInodeNumber());
    if (!inode.isDirectory()) {
      throw new CorruptImageException(
          FileTreeFault.ROOT_IS_NO_DIRECTORY,
          fs.volume().imageOffset(fs.inodeLocation(inode.number()).offset()),
          "root inode",
          inode.type().label());
    }
    return new FileEntry(FsPath.ROOT, inode);
  }

  /**
   * Walks from a directory; the result starts with it. What could not be read is in the result, and
   * what does not fit into the heap is not.
   */
  public static FileTree walk(FileSystemView fs, FileEntry start, AnomalyLog anomalies) {
    return collect(fs, start, anomalies, _ -> true);
  }

  private static FileTree collect(
      FileSystemView fs, FileEntry start, AnomalyLog anomalies, Predicate<FsPath> enters) {
    List<FileEntry> entries = new ArrayList<>();
    try {
      TreeWalk walk = new TreeWalk(fs, anomalies, entries::addAll, enters, fittingEntries());
      Outcome outcome = walk.run(start);
      return new FileTree(entries, outcome.complete(), outcome.unreadable());
    } catch (IOException e) {
      throw new UncheckedIOException("a list does not fail", e);
    }
  }

  /**
   * Walks from a directory and hands its entries on while it reads; {@code start} comes first.
   *
   * @throws IOException only what {@code visitor} throws
   */
  public static Outcome walk(
      FileSystemView fs, FileEntry start, AnomalyLog anomalies, Visitor visitor)
      throws IOException {
    return new TreeWalk(fs, anomalies, visitor, _ -> true, MAX_ENTRIES).run(start);
  }

  /** How many entries the heap has room for, beside what is made of them. */
  private static long fittingEntries() {
    return Math.min(MAX_ENTRIES, Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_ENTRY);
  }

  private Outcome run(FileEntry start) throws IOException {
    found = 1;
    seenDirectories.add(start.inode().number());
    visitor.accept(List.of(start));
    List<Directory> level = List.of(new Directory(start, List.of(), 0));
    for (int depth = 0; !level.isEmpty(); depth++) {
      if (depth > MAX_DEPTH) {
        cut(FileTreeFault.TOO_DEEP, level.getFirst().entry().path());
        break;
      }
      level = readLevel(level);
    }
    return new Outcome(complete, unreadable);
  }

  /** Hands on all children of a level; returns the directories among them. */
  private List<Directory> readLevel(List<Directory> level) throws IOException {
    List<Directory> next = new ArrayList<>();
    List<Child> children = new ArrayList<>();
    for (int i = 0; i < level.size() && !isOver(); i++) {
      if (i % ANNOUNCED_DIRECTORIES == 0) {
        announce(level.subList(i, Math.min(level.size(), i + ANNOUNCED_DIRECTORIES)));
      }
      readDirectory(level.get(i).entry(), children);
      if (children.size() >= STEP_ENTRIES) {
        readInodes(children, next);
        children = new ArrayList<>();
      }
    }
    readInodes(children, next);
    next.sort(Comparator.comparingLong(Directory::position));
    return next;
  }

  private void announce(List<Directory> directories) {
    List<ByteRange> blocks = new ArrayList<>();
    for (Directory directory : directories) {
      blocks.addAll(directory.blocks());
    }
    blocks.sort(null);
    fs.volume().prefetch(blocks);
  }

  private void readDirectory(FileEntry directory, List<Child> children) {
    FsPath path = directory.path();
    DirectoryListing names;
    try {
      names = fs.directory(directory.inode());
    } catch (IOException | InternalError e) {
      lose(FileTreeFault.DIRECTORY_UNREADABLE, path, e);
      return;
    }
    if (!names.complete()) {
      cut(FileTreeFault.DIRECTORY_INCOMPLETE, path);
      markUnreadable(path);
    }
    for (DirectoryEntry name : names.entries()) {
      if (found >= maxEntries) {
        cut(FileTreeFault.TOO_MANY_ENTRIES, path);
        return;
      }
      found++;
      ByteRange location = fs.inodeLocation(name.inodeNumber());
      children.add(new Child(path.resolve(name.name()), name.inodeNumber(), location));
    }
  }

  private void readInodes(List<Child> children, List<Directory> next) throws IOException {
    children.sort(Comparator.comparingLong(child -> child.location().offset()));
    fs.volume().prefetch(children.stream().map(Child::location).toList());
    for (Child child : children) {
      if (sourceIsGone()) {
        break;
      }
      readInode(child, next);
    }
    handOn();
  }

  private void readInode(Child child, List<Directory> next) throws IOException {
    if (seenDirectories.contains(child.inodeNumber())) {
      loop(child);
      return;
    }
    Inode inode;
    try {
      inode = fs.inode(child.inodeNumber());
    } catch (IOException | InternalError e) {
      lose(FileTreeFault.CHILD_UNREADABLE, child.path(), e);
      return;
    }
    FileEntry entry = new FileEntry(child.path(), inode);
    if (inode.isDirectory()) {
      if (!seenDirectories.add(inode.number())) {
        loop(child);
        return;
      }
      if (enters.test(entry.path())) {
        List<ByteRange> blocks = directoryBlocks(inode);
        long position = blocks.isEmpty() ? child.location().offset() : blocks.getFirst().offset();
        next.add(new Directory(entry, blocks, position));
      }
    }
    batch.add(entry);
    if (batch.size() >= BATCH_ENTRIES) {
      handOn();
    }
  }

  private void loop(Child child) {
    cut(FileTreeFault.DIRECTORY_CYCLE, child.path());
    markUnreadable(child.path());
  }

  private void handOn() throws IOException {
    if (!batch.isEmpty()) {
      List<FileEntry> full = batch;
      batch = new ArrayList<>(BATCH_ENTRIES);
      visitor.accept(full);
    }
  }

  private List<ByteRange> directoryBlocks(Inode directory) {
    try {
      List<ByteRange> ranges = new ArrayList<>(1);
      if (fs.content(directory) instanceof FileContent.Mapped mapped) {
        for (Extent extent : mapped.extents()) {
          ranges.add(new ByteRange(extent.volumeOffset(), extent.lengthBytes()));
        }
      }
      return ranges;
    } catch (IOException | InternalError e) {
      // Reading the directory will meet the same fault and record it.
      return List.of();
    }
  }

  private boolean isOver() {
    return sourceIsGone() || found >= maxEntries;
  }

  /** Then the walk is over: nothing more is read, and {@link #complete} is false already. */
  private boolean sourceIsGone() {
    return sourceFailures >= MAX_SOURCE_FAILURES;
  }

  /**
   * @param cause of any kind; an {@link InternalError} is how the JVM reports a mapped page that is
   *     gone
   */
  private void lose(Fault fault, FsPath path, Throwable cause) {
    complete = false;
    markUnreadable(path);
    long offset = -1;
    if (cause instanceof CorruptImageException corrupt) {
      anomalies.add(corrupt);
      offset = corrupt.imageOffset();
    } else if (!(cause instanceof UnsupportedFeatureException)) {
      sourceFailures++;
    }
    anomalies.add(
        new Anomaly(
            fault.code(), fault.summary() + ": " + path + ": " + cause.getMessage(), offset));
  }

  private void markUnreadable(FsPath path) {
    if (unreadable.size() < MAX_UNREADABLE) {
      unreadable.add(path);
    }
  }

  private void cut(Fault fault, FsPath path) {
    complete = false;
    anomalies.add(new Anomaly(fault.code(), fault.summary() + ": " + path, -1));
  }
}
