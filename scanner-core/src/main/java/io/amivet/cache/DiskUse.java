package io.amivet.cache;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;

/**
 * Says that a disk in a kept folder is in use, to this process and to others: by a shared lock on a
 * file beside it, one for all users in this process. The file is never open twice here, since a
 * process that closes a file gives up all the locks that it has on it (POSIX, {@code fcntl}).
 *
 * <p>To be called under the folder's lock, but for {@link #close}.
 */
final class DiskUse implements Closeable {
  private static final String FILE = "lock";
  private static final Map<Path, DiskUse> HERE = new HashMap<>();

  private final Path disk;
  private final FileChannel channel;
  private int users;

  private DiskUse(Path disk, FileChannel channel) {
    this.disk = disk;
    this.channel = channel;
  }

  /** Begins to use a disk; whoever does closes it once. */
  static DiskUse begin(Path folder) throws IOException {
    synchronized (HERE) {
      Path disk = folder.toRealPath();
      DiskUse use = HERE.get(disk);
      if (use == null) {
        FileChannel channel = KeptFolder.channel(disk.resolve(FILE));
        try {
          // Before the lock: Java opens the file for it, and closes it.
          Files.setLastModifiedTime(
              disk.resolve(FILE), FileTime.fromMillis(System.currentTimeMillis()));
          channel.lock(0, Long.MAX_VALUE, true);
        } catch (IOException | RuntimeException e) {
          channel.close();
          throw e;
        }
        use = new DiskUse(disk, channel);
        HERE.put(disk, use);
      }
      use.users++;
      return use;
    }
  }

  /** Whether nobody uses a disk. */
  static boolean isFree(Path folder) throws IOException {
    synchronized (HERE) {
      if (HERE.containsKey(folder.toRealPath())) {
        return false;
      }
      try (FileChannel channel = KeptFolder.channel(folder.resolve(FILE));
          FileLock lock = channel.tryLock()) {
        return lock != null;
      }
    }
  }

  /** When a process last began to use a disk; the epoch if nobody ever did. */
  static FileTime lastBegin(Path folder) {
    try {
      return Files.getLastModifiedTime(folder.resolve(FILE));
    } catch (IOException neverUsed) {
      return FileTime.fromMillis(0);
    }
  }

  /** Removes what says whether a disk that {@link #isFree} is in use. */
  static void forget(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }

  @Override
  public void close() throws IOException {
    synchronized (HERE) {
      if (--users == 0) {
        HERE.remove(disk);
        channel.close();
      }
    }
  }
}
