package io.amivet.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
      Files.createDirectories(own, ownerOnly(folder, "rwx------"));
      try (FileChannel all = channel(folder.resolve(LOCK));
          FileLock _ = all.lock()) {
        return open(source, own);
      }
    } catch (IOException e) {
      throw new IOException(
          "cannot keep blocks in " + own + " (" + e + "); name a writable folder with --cache-dir",
          e);
    }
  }

  private KeptChunks open(ChunkSource source, Path own) throws IOException {
    FileChannel use = channel(own.resolve(LOCK));
    KeptFile file = null;
    try {
      boolean alone = isFree(use);
      if (!alone) {
        // A second use by this process has the lock already.
        tryLock(use, true);
      }
      long chunks = Math.ceilDiv(source.sizeBytes(), (long) source.chunkSizeBytes());
      file = KeptFile.open(own, source.chunkSizeBytes(), chunks, alone);
      if (alone) {
        use.lock(0, Long.MAX_VALUE, true);
      }
      Files.setLastModifiedTime(own.resolve(LOCK), FileTime.fromMillis(System.currentTimeMillis()));
      return new KeptChunks(source, file, this, use);
    } catch (IOException | RuntimeException e) {
      if (file != null) {
        file.close();
      }
      use.close();
      throw e;
    }
  }

  /** Whether nobody uses the disk; holds on to nothing. */
  private static boolean isFree(FileChannel use) throws IOException {
    FileLock lock = tryLock(use, false);
    if (lock != null) {
      lock.release();
    }
    return lock != null;
  }

  private static @Nullable FileLock tryLock(FileChannel channel, boolean shared)
      throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException ourselves) {
      return null;
    }
  }

  /**
   * Claims room for more chunks of a file, at the cost of disks that nobody uses.
   *
   * @return false if there is none
   */
  synchronized boolean claim(KeptFile file) throws IOException {
    try (FileChannel all = channel(folder.resolve(LOCK));
        FileLock _ = all.lock()) {
      List<Path> disks = disks();
      long claimed = 0;
      for (Path disk : disks) {
        claimed += KeptFile.claimedBytes(disk);
      }
      disks.sort(Comparator.comparing(KeptFolder::lastUse));
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
  }

  /** Bytes that became free; 0 if somebody uses the disk. */
  private static long remove(Path disk) throws IOException {
    try (FileChannel use = channel(disk.resolve(LOCK))) {
      if (!isFree(use)) {
        return 0;
      }
      long freed = KeptFile.claimedBytes(disk);
      KeptFile.delete(disk);
      Files.deleteIfExists(disk.resolve(LOCK));
      Files.deleteIfExists(disk);
      return freed;
    }
  }

  private List<Path> disks() throws IOException {
    List<Path> disks = new ArrayList<>();
    try (DirectoryStream<Path> each = Files.newDirectoryStream(folder, Files::isDirectory)) {
      each.forEach(disks::add);
    }
    return disks;
  }

  private static FileTime lastUse(Path disk) {
    try {
      return Files.getLastModifiedTime(disk.resolve(LOCK));
    } catch (IOException neverOpened) {
      return FileTime.fromMillis(0);
    }
  }

  static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(
        file,
        java.util.Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE),
        ownerOnly(file, "rw-------"));
  }

  private static FileAttribute<?>[] ownerOnly(Path where, String permissions) {
    if (!where.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
