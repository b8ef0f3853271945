package io.amivet.cache;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sparse file of slots, written by position and read through one read-only map.
 *
 * <p>Filling through the map would turn a full disk into an {@link InternalError} with the loss
 * noticed by nobody; a positional write fails with an exception at the call. Only slots that were
 * written are read, so no read ever makes the file system allocate a page.
 *
 * <p>The file (0600, random name, created exclusively) lies in a folder of its own (0700). Both are
 * unlinked as soon as the file is mapped, so that nothing remains even after {@code kill -9}; where
 * an open file cannot be unlinked they go when the store is closed.
 */
final class SlotFile implements SlotStore {
  private static final String FILE_NAME = "blocks";

  private final Path folder;
  private final Path file;
  private final FileChannel channel;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment map;
  private final int chunkSizeBytes;
  private final int slots;

  private SlotFile(Path parent, Path folder, FileChannel channel, int slots, int chunkSizeBytes)
      throws IOException {
    this.folder = parent;
    this.file = folder.resolve(FILE_NAME);
    this.channel = channel;
    this.slots = slots;
    this.chunkSizeBytes = chunkSizeBytes;
    long sizeBytes = (long) slots * chunkSizeBytes;
    if (channel.write(ByteBuffer.allocate(1), sizeBytes - 1) != 1) {
      throw new IOException("cannot extend the cache file to " + sizeBytes + " bytes");
    }
    this.map = channel.map(FileChannel.MapMode.READ_ONLY, 0, sizeBytes, arena);
  }

  /**
   * @param parent an existing folder, or one to create
   */
  static SlotFile create(Path parent, int slots, int chunkSizeBytes) throws IOException {
    Path folder = null;
    FileChannel channel = null;
    SlotFile made = null;
    try {
      Files.createDirectories(parent);
      folder = Files.createTempDirectory(parent, "amivet-", onlyOwner(parent, "rwx------"));
      Path file = folder.resolve(FILE_NAME);
      channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.SPARSE),
              onlyOwner(parent, "rw-------"));
      made = new SlotFile(parent, folder, channel, slots, chunkSizeBytes);
      return made;
    } catch (IOException e) {
      throw new IOException(
          "cannot make a cache file in "
              + parent
              + " ("
              + e
              + "); name a writable folder with --cache-dir",
          e);
    } finally {
      if (made == null && channel != null) {
        channel.close();
      }
      unlink(folder);
    }
  }

  static FileAttribute<?>[] onlyOwner(Path where, String permissions) {
    if (!where.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
  }

  /** Removes the file and its folder; on a platform that keeps open files, a later call does. */
  private static void unlink(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve(FILE_NAME));
      Files.deleteIfExists(folder);
    } catch (IOException _) {
      folder.toFile().deleteOnExit();
    }
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public void write(int slot, byte[] chunk) throws IOException {
    ByteBuffer from = ByteBuffer.wrap(chunk, 0, chunkSizeBytes);
    long position = (long) slot * chunkSizeBytes;
    try {
      while (from.hasRemaining()) {
        position += channel.write(from, position);
      }
    } catch (IOException e) {
      throw new IOException(
          "cannot write to the block cache in "
              + folder
              + ": "
              + e.getMessage()
              + "; free some space there, name another folder with --cache-dir,"
              + " or lower --cache-size (now "
              + (long) slots * chunkSizeBytes
              + " bytes)",
          e);
    }
  }

  @Override
  public void copy(int slot, long offsetInChunk, MemorySegment target) throws IOException {
    try {
      long from = (long) slot * chunkSizeBytes + offsetInChunk;
      MemorySegment.copy(map, from, target, 0, target.byteSize());
    } catch (InternalError e) {
      // The JVM's answer to SIGBUS: the disk under the map failed to deliver the page.
      throw new IOException("the disk that holds the block cache in " + folder + " failed", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      arena.close();
    }
    channel.close();
    unlink(file.getParent());
  }

  @Override
  public String toString() {
    return "block cache in " + folder;
  }
}
