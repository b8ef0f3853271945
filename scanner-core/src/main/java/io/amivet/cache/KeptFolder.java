package io.amivet.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A folder of blocks that outlive the process that fetched them, one folder in it for each disk. It
 * never holds more than its limit: room is claimed ahead in {@link #CLAIM_BYTES}, under a lock that
 * all processes share, and what was not used for the longest time makes way. A disk that any
 * process has open stays.
 *
 * <p>All is private to its owner (0700, 0600).
 */
public final class KeptFolder {
  static final long CLAIM_BYTES = 32L << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,200}");
  private static final String LOCK = "lock";

  /** File locks keep processes apart, and refuse two threads of one. */
  private static final Object THREADS = new Object();

  private final Path folder;
  private final long limitBytes;

  /**
   * @param folder made if need be
   * @param limitBytes how much the blocks of all disks may take
   */
  public KeptFolder(Path folder, long limitBytes) {
    this.folder = folder;
    this.limitBytes = limitBytes;
  }

  /**
   * Lays what is kept of a disk under a source: what is there and whole is not fetched again, what
   * is fetched is kept as long as there is room.
   *
   * @param name of the disk, unique in the folder: letters, digits, {@code _ . -}
   * @throws IOException if the folder cannot be written; the message says what to do
   */
  public KeptChunks over(ChunkSource source, String name) throws IOException {
    if (!NAME.matcher(name).matches() || name.startsWith(".")) {
      throw new IllegalArgumentException("no name for a folder: " + name);
    }
    Path own = folder.resolve(name);
    try {
      Files.createDirectories(folder, SlotFile.onlyOwner(folder, "rwx------"));
      return locked(() -> open(source, own));
    } catch (IOException e) {
      throw new IOException(
          "cannot keep blocks in " + own + " (" + e + "); name a writable folder with --cache-dir",
          e);
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  /** While no other process, and no other thread, does the like in this folder. */
  private <T> T locked(Step<T> step) throws IOException {
    synchronized (THREADS) {
      try (FileChannel all = channel(folder.resolve(LOCK));
          FileLock _ = all.lock()) {
        return step.run();
      }
    }
  }

  private KeptChunks open(ChunkSource source, Path own) throws IOException {
    Files.createDirectories(own, SlotFile.onlyOwner(own, "rwx------"));
    boolean alone = DiskUse.isFree(own);
    DiskUse use = DiskUse.begin(own);
    try {
      long chunks = Math.ceilDiv(source.sizeBytes(), (long) source.chunkSizeBytes());
      KeptFile file = KeptFile.open(own, source.chunkSizeBytes(), chunks, alone);
      return new KeptChunks(source, file, this, use);
    } catch (IOException | RuntimeException e) {
      use.close();
      throw e;
    }
  }

  /**
   * Claims room for more chunks of a file, at the cost of disks that nobody uses.
   *
   * @return false if there is none
   */
  boolean claim(KeptFile file) throws IOException {
    return locked(() -> claimLocked(file));
  }

  private boolean claimLocked(KeptFile file) throws IOException {
    List<Path> disks = disks();
    long claimed = 0;
    for (Path disk : disks) {
      claimed += KeptFile.claimedBytes(disk);
    }
    disks.sort(Comparator.comparing(DiskUse::lastBegin));
    for (Path disk : disks) {
      if (claimed + CLAIM_BYTES <= limitBytes) {
        break;
      }
      claimed -= remove(disk);
    }
    if (claimed + CLAIM_BYTES > limitBytes) {
      return false;
    }
    file.claim(CLAIM_BYTES);
    return true;
  }

  /** Bytes that became free; 0 if somebody uses the disk. */
  private static long remove(Path disk) throws IOException {
    if (!DiskUse.isFree(disk)) {
      return 0;
    }
    long freed = KeptFile.claimedBytes(disk);
    KeptFile.delete(disk);
    DiskUse.forget(disk);
    Files.deleteIfExists(disk);
    return freed;
  }

  private List<Path> disks() throws IOException {
    List<Path> disks = new ArrayList<>();
    try (DirectoryStream<Path> each = Files.newDirectoryStream(folder, Files::isDirectory)) {
      each.forEach(disks::add);
    }
    return disks;
  }

  static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE),
        SlotFile.onlyOwner(file, "rw-------"));
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
