package io.amivet.fs;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MemoryDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A file system of maps, which a test can make as absurd as it likes. */
final class MemoryFileSystem implements FileSystemView {
  private static final long ROOT = 2;

  private final Map<Long, FileType> types = new HashMap<>();
  private final Map<Long, List<DirectoryEntry>> directories = new HashMap<>();
  private final Map<Long, byte[]> targets = new HashMap<>();
  private final Set<Long> damaged = new HashSet<>();
  private final Set<Long> partial = new HashSet<>();
  private final Set<Long> undelivered = new HashSet<>();
  private long next = ROOT;

  MemoryFileSystem() {
    add(FileType.DIRECTORY);
  }

  long root() {
    return ROOT;
  }

  private long add(FileType type) {
    types.put(next, type);
    if (type == FileType.DIRECTORY) {
      directories.put(next, new ArrayList<>());
    }
    return next++;
  }

  /** Gives an inode one more name, whatever a real file system would say to it. */
  MemoryFileSystem link(long directory, String name, long inode) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    directories
        .computeIfAbsent(directory, d -> new ArrayList<>())
        .add(new DirectoryEntry(bytes, inode));
    return this;
  }

  long directory(long parent, String name) {
    long inode = add(FileType.DIRECTORY);
    link(parent, name, inode);
    return inode;
  }

  long file(long parent, String name) {
    long inode = add(FileType.REGULAR);
    link(parent, name, inode);
    return inode;
  }

  long symlink(long parent, String name, String target) {
    long inode = add(FileType.SYMLINK);
    targets.put(inode, target.getBytes(StandardCharsets.UTF_8));
    link(parent, name, inode);
    return inode;
  }

  /** Makes the inode unreadable. */
  void failToDeliver(long inode) {
    undelivered.add(inode);
  }

  void damage(long inode) {
    damaged.add(inode);
  }

  /** Loses some of the names of a directory, none of those that were given here. */
  void loseNames(long directory) {
    partial.add(directory);
  }

  /** Leaves the inode readable, but not the names in it. */
  void damageNames(long directory) {
    directories.remove(directory);
  }

  @Override
  public String type() {
    return "memory";
  }

  @Override
  public String label() {
    return "";
  }

  @Override
  public String uuid() {
    return "";
  }

  @Override
  public int blockSizeBytes() {
    return 512;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public BlockDevice volume() {
    return new MemoryDevice("memory", new byte[4096]);
  }

  @Override
  public long rootInodeNumber() {
    return ROOT;
  }

  @Override
  public Inode inode(long number) throws IOException {
    if (undelivered.contains(number)) {
      throw new IOException("the source did not deliver inode " + number);
    }
    FileType type = types.get(number);
    if (type == null || damaged.contains(number)) {
      throw corrupt(FileTreeFault.CHILD_UNREADABLE, number);
    }
    Instant then = Instant.EPOCH;
    return new Inode(number, type, 0644, 0, 0, 1, 0, then, then, then, null, 0, 0, false);
  }

  private static CorruptImageException corrupt(FileTreeFault fault, long number) {
    return new CorruptImageException(fault, number * 512, "inode", "number " + number);
  }

  @Override
  public ByteRange inodeLocation(long number) {
    return new ByteRange(number * 512, 512);
  }

  @Override
  public DirectoryListing directory(Inode directory) throws IOException {
    List<DirectoryEntry> names = directories.get(directory.number());
    if (names == null) {
      throw corrupt(FileTreeFault.DIRECTORY_UNREADABLE, directory.number());
    }
    return new DirectoryListing(names, !partial.contains(directory.number()));
  }

  @Override
  public FileContent content(Inode inode) {
    return new FileContent.Inline(new byte[0]);
  }

  @Override
  public byte[] symlinkTarget(Inode symlink) throws IOException {
    byte[] target = targets.get(symlink.number());
    if (target == null) {
      throw corrupt(FileTreeFault.SYMLINK_LOOP, symlink.number());
    }
    return target;
  }

  @Override
  public Map<String, byte[]> extendedAttributes(Inode inode) {
    return Map.of();
  }

  @Override
  public List<ByteRange> freeRanges() {
    return List.of();
  }
}
