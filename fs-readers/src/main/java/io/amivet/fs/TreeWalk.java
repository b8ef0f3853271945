package io.amivet.fs;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.Fault;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Walks a whole file system, level by level, each level in the order of the disk: first the
 * directory blocks of all directories of the level by position, then the inodes of all their
 * children by position. A remote image is told of each batch before it is read, so that it fetches
 * side by side.
 *
 * <p>A damaged inode or directory costs itself and what lies below it, nothing else, and so does
 * one that the source fails to deliver; a source that fails time and again ends the walk. The walk
 * is bounded whatever the image says: a directory is entered once, depth and entries are limited.
 */
public final class TreeWalk {
  static final int MAX_DEPTH = 512;

  /** Enough for the largest images seen, small enough to bound memory. */
  static final int MAX_ENTRIES = 20_000_000;

  /** A missing block now and then is survivable; with a source that is gone it is no use. */
  static final int MAX_SOURCE_FAILURES = 100_000;

  private final FileSystemView fs;
  private final AnomalyLog anomalies;
  private final List<FileEntry> entries = new ArrayList<>();
  private final List<FsPath> unreadable = new ArrayList<>();
  private final Set<Long> seenDirectories = new HashSet<>();
  private boolean complete = true;
  private int sourceFailures;

  private TreeWalk(FileSystemView fs, AnomalyLog anomalies) {
    this.fs = fs;
    this.anomalies = anomalies;
  }

  /** A name whose inode is still to be read. */
  private record Child(FsPath path, long inodeNumber, long position) {}

  private record Directory(FileEntry entry, long position) {}

  /**
   * Walks from the root.
   *
   * @throws IOException if the inode of the root directory cannot be read
   */
  public static FileTree walk(FileSystemView fs, AnomalyLog anomalies) throws IOException {
    FileEntry root = new FileEntry(FsPath.ROOT, fs.inode(fs.rootInodeNumber()));
    return walk(fs, root, anomalies);
  }

  /** Walks from a directory; the result starts with it. What could not be read is in the result. */
  public static FileTree walk(FileSystemView fs, FileEntry start, AnomalyLog anomalies) {
    return new TreeWalk(fs, anomalies).run(start);
  }

  private FileTree run(FileEntry start) {
    entries.add(start);
    seenDirectories.add(start.inode().number());
    List<Directory> level = List.of(new Directory(start, 0));
    for (int depth = 0; !level.isEmpty(); depth++) {
      if (depth > MAX_DEPTH) {
        cut(FileTreeFault.TOO_DEEP, level.getFirst().entry().path());
        break;
      }
      level = readInodes(readDirectories(level));
    }
    return new FileTree(entries, complete, unreadable);
  }

  private List<Child> readDirectories(List<Directory> directories) {
    List<Child> children = new ArrayList<>();
    for (Directory directory : directories) {
      if (sourceIsGone()) {
        break;
      }
      FsPath path = directory.entry().path();
      DirectoryListing names;
      try {
        names = fs.directory(directory.entry().inode());
      } catch (IOException | InternalError e) {
        lose(FileTreeFault.DIRECTORY_UNREADABLE, path, e);
        continue;
      }
      if (!names.complete()) {
        cut(FileTreeFault.DIRECTORY_INCOMPLETE, path);
        unreadable.add(path);
      }
      for (DirectoryEntry name : names.entries()) {
        if (entries.size() + children.size() >= MAX_ENTRIES) {
          cut(FileTreeFault.TOO_MANY_ENTRIES, path);
          return children;
        }
        long position = fs.inodeLocation(name.inodeNumber()).offset();
        children.add(new Child(path.resolve(name.name()), name.inodeNumber(), position));
      }
    }
    children.sort(Comparator.comparingLong(Child::position));
    fs.volume().prefetch(inodeRanges(children));
    return children;
  }

  private List<ByteRange> inodeRanges(List<Child> children) {
    List<ByteRange> ranges = new ArrayList<>(children.size());
    for (Child child : children) {
      ranges.add(fs.inodeLocation(child.inodeNumber()));
    }
    return ranges;
  }

  private List<Directory> readInodes(List<Child> children) {
    List<Directory> next = new ArrayList<>();
    List<ByteRange> blocks = new ArrayList<>();
    for (Child child : children) {
      if (sourceIsGone()) {
        break;
      }
      Inode inode;
      try {
        inode = fs.inode(child.inodeNumber());
      } catch (IOException | InternalError e) {
        lose(FileTreeFault.CHILD_UNREADABLE, child.path(), e);
        continue;
      }
      FileEntry entry = new FileEntry(child.path(), inode);
      if (!inode.isDirectory()) {
        entries.add(entry);
      } else if (seenDirectories.add(inode.number())) {
        entries.add(entry);
        List<ByteRange> own = directoryBlocks(inode);
        blocks.addAll(own);
        long position = own.isEmpty() ? child.position() : own.getFirst().offset();
        next.add(new Directory(entry, position));
      } else {
        cut(FileTreeFault.DIRECTORY_CYCLE, child.path());
        unreadable.add(child.path());
      }
    }
    next.sort(Comparator.comparingLong(Directory::position));
    blocks.sort(null);
    fs.volume().prefetch(blocks);
    return next;
  }

  private List<ByteRange> directoryBlocks(Inode directory) {
    try {
      List<ByteRange> ranges = new ArrayList<>();
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
    unreadable.add(path);
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

  private void cut(Fault fault, FsPath path) {
    complete = false;
    anomalies.add(new Anomaly(fault.code(), fault.summary() + ": " + path, -1));
  }
}
