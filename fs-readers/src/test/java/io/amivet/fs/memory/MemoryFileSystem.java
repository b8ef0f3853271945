package io.amivet.fs.memory;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.Fault;
import io.amivet.block.MemoryDevice;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that a test fills, hostile names included. Contents lie one after the
 * other on a device, so that extents and reads are real.
 */
public final class MemoryFileSystem implements FileSystemView {
  public static final long ROOT = 2;
  public static final Instant TIME = Instant.parse("2024-02-03T04:05:06.000000789Z");

  private final Map<Long, Inode> inodes = new HashMap<>();
  private final Map<Long, List<DirectoryEntry>> directories = new HashMap<>();
  private final Map<Long, FileContent> contents = new HashMap<>();
  private final Map<Long, byte[]> targets = new HashMap<>();
  private final byte[] disk = new byte[4 << 20];
  private final MemoryDevice device = new MemoryDevice("memory", disk);
  private final List<List<ByteRange>> prefetched = new ArrayList<>();
  private final List<ByteRange> lost = new ArrayList<>();
  private final Set<Long> lostMaps = new HashSet<>();
  private @Nullable String staleReason;
  private int used = 4096;
  private long next = 11;

  /** A fault of no real format. */
  public enum Broken implements Fault {
    DAMAGED;

    @Override
    public String code() {
      return "memory.damaged";
    }

    @Override
    public String summary() {
      return "damaged on purpose";
    }
  }

  public MemoryFileSystem() {
    put(ROOT, FileType.DIRECTORY, 0755, 0);
    directories.put(ROOT, new ArrayList<>());
  }

  public long directory(long parent, String name) {
    long number = add(parent, name.getBytes(StandardCharsets.UTF_8), FileType.DIRECTORY, 0755, 0);
    directories.put(number, new ArrayList<>());
    return number;
  }

  public long file(long parent, String name, String text) {
    return file(parent, name.getBytes(StandardCharsets.UTF_8), 0644, text);
  }

  public long file(long parent, byte[] name, int mode, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long number = add(parent, name, FileType.REGULAR, mode, bytes.length);
    System.arraycopy(bytes, 0, disk, used, bytes.length);
    List<Extent> extents =
        bytes.length == 0 ? List.of() : List.of(new Extent(0, used, bytes.length, false));
    contents.put(number, new FileContent.Mapped(bytes.length, extents));
    used += (bytes.length + 4095) / 4096 * 4096;
    return number;
  }

  /** A file of {@code sizeBytes} with some text at its start and another at {@code offset}. */
  public long sparseFile(long parent, String name, long sizeBytes, long offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long number =
        add(parent, name.getBytes(StandardCharsets.UTF_8), FileType.REGULAR, 0600, sizeBytes);
    System.arraycopy(bytes, 0, disk, used, bytes.length);
    contents.put(
        number,
        new FileContent.Mapped(sizeBytes, List.of(new Extent(offset, used, bytes.length, false))));
    used += 4096;
    return number;
  }

  public long symlink(long parent, String name, String target) {
    byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
    long number =
        add(parent, name.getBytes(StandardCharsets.UTF_8), FileType.SYMLINK, 0777, bytes.length);
    targets.put(number, bytes);
    contents.put(number, new FileContent.Inline(bytes));
    return number;
  }

  public long special(long parent, String name, FileType type) {
    return add(parent, name.getBytes(StandardCharsets.UTF_8), type, 0600, 0);
  }

  /** Another name for an inode that exists. */
  public void link(long parent, String name, long number) {
    children(parent).add(new DirectoryEntry(name.getBytes(StandardCharsets.UTF_8), number));
    Inode old = Objects.requireNonNull(inodes.get(number), "no such inode");
    inodes.put(number, inode(number, old.type(), old.mode(), old.linkCount() + 1, old.sizeBytes()));
  }

  /** Makes the image contradict itself where this file's contents are mapped. */
  public void damage(long number) {
    contents.remove(number);
  }

  /** Makes the source fail when this file's contents are read, as a lost block of a disk does. */
  public void loseBlocks(long number) {
    if (contents.get(number) instanceof FileContent.Mapped mapped) {
      mapped
          .extents()
          .forEach(extent -> lost.add(new ByteRange(extent.volumeOffset(), extent.lengthBytes())));
    }
  }

  /** Makes the source fail when this file's extents are looked up. */
  public void loseMap(long number) {
    lostMaps.add(number);
  }

  /** Makes the view older than what the kernel would show. */
  public void stale(String reason) {
    staleReason = reason;
  }

  /** Makes the root something that cannot hold entries. */
  public void rootIsAFile() {
    put(ROOT, FileType.REGULAR, 0644, 0);
  }

  /** Makes this file's contents ciphertext, as fscrypt does. */
  public void encrypt(long number) {
    Inode old = Objects.requireNonNull(inodes.get(number), "no such inode");
    inodes.put(
        number,
        new Inode(
            number,
            old.type(),
            old.mode(),
            old.uid(),
            old.gid(),
            old.linkCount(),
            old.sizeBytes(),
            TIME,
            TIME,
            TIME,
            null,
            0,
            0,
            true));
  }

  private List<DirectoryEntry> children(long parent) {
    return Objects.requireNonNull(directories.get(parent), "no such directory");
  }

  private long add(long parent, byte[] name, FileType type, int mode, long sizeBytes) {
    long number = next++;
    put(number, type, mode, sizeBytes);
    children(parent).add(new DirectoryEntry(name, number));
    return number;
  }

  private void put(long number, FileType type, int mode, long sizeBytes) {
    inodes.put(number, inode(number, type, mode, 1, sizeBytes));
  }

  private static Inode inode(long number, FileType type, int mode, long linkCount, long sizeBytes) {
    return new Inode(
        number, type, mode, 1000, 100, linkCount, sizeBytes, TIME, TIME, TIME, null, 0, 0, false);
  }

  public List<List<ByteRange>> prefetched() {
    return prefetched;
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
    return 4096;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public Optional<String> staleReason() {
    return Optional.ofNullable(staleReason);
  }

  @Override
  public BlockDevice volume() {
    return new RecordingDevice(device, prefetched, lost);
  }

  @Override
  public long rootInodeNumber() {
    return ROOT;
  }

  @Override
  public Inode inode(long number) throws CorruptImageException {
    Inode inode = inodes.get(number);
    if (inode == null) {
      throw new CorruptImageException(Broken.DAMAGED, number, "inode", "");
    }
    return inode;
  }

  @Override
  public ByteRange inodeLocation(long number) {
    return new ByteRange(number * 256, 256);
  }

  @Override
  public DirectoryListing directory(Inode directory) {
    return new DirectoryListing(directories.getOrDefault(directory.number(), List.of()), true);
  }

  @Override
  public FileContent content(Inode inode) throws IOException {
    if (lostMaps.contains(inode.number())) {
      throw new IOException("the extents of inode " + inode.number() + " cannot be read");
    }
    if (inode.isDirectory()) {
      return new FileContent.Inline(new byte[0]);
    }
    FileContent content = contents.get(inode.number());
    if (content == null) {
      throw new CorruptImageException(Broken.DAMAGED, 4711, "extent tree", "");
    }
    return content;
  }

  @Override
  public byte[] symlinkTarget(Inode symlink) {
    return Objects.requireNonNull(targets.get(symlink.number()), "no such link");
  }

  @Override
  public Map<String, byte[]> extendedAttributes(Inode inode) {
    return Map.of("user.note", "hi\u001b[31m".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<ByteRange> freeRanges() {
    return List.of();
  }
}
