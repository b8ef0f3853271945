package io.amivet.source;

import io.amivet.block.ByteRange;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A raw disk image or a block device, mapped read-only as a whole and never copied.
 *
 * <p>The file must not shrink while it is open. If it does, {@link #read} throws an {@link
 * IOException}; whoever looks at a {@link #view} meets the JVM's {@link InternalError} and has to
 * treat it as a failed read.
 *
 * <p><b>Lifetime.</b> Closing unmaps the file, after which every view is invalid.
 */
public final class RawImage implements LocalImage {
  /**
   * From here on contents are read by call. Small files cost half a microsecond more than through
   * the map, but pages of the map count as memory of the process for as long as it is open.
   */
  private static final int LARGE_READ_BYTES = 512;

  /** {@code linux/stat.h}. */
  private static final int S_IFMT = 0170000;

  private static final int S_IFREG = 0100000;
  private static final int S_IFBLK = 0060000;

  private final Path file;
  private final FileChannel channel;
  private final Arena arena;
  private final MemorySegment map;
  private final MappedPages pages;
  private final String name;
  private volatile @Nullable List<ByteRange> dataRanges;

  private RawImage(
      Path file, String name, FileChannel channel, @Nullable List<ByteRange> dataRanges)
      throws IOException {
    this.file = file;
    this.name = name;
    this.channel = channel;
    this.dataRanges = dataRanges;
    this.arena = Arena.ofShared();
    try {
      this.map = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
    this.pages = new MappedPages(map);
  }

  /** Maps an image file or block device. */
  public static RawImage open(Path file) throws IOException {
    requireImage(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return ofChannel(file, file.toString(), channel, null);
  }

  /** Maps an image file, but not what a symbolic link of that name points to. */
  static RawImage openNoFollow(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    return ofChannel(file, file.toString(), channel, null);
  }

  /**
   * Refuses what cannot be an image before it is opened: opening a pipe would wait for a writer.
   */
  static void requireImage(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("there is no file " + file);
    }
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory, not a disk image");
    }
    int type = (int) Files.getAttribute(file, "unix:mode") & S_IFMT;
    if (type != S_IFREG && type != S_IFBLK) {
      throw new IOException(file + " is neither a file nor a block device");
    }
  }

  /**
   * Maps what {@code channel} holds, and takes the channel over, even if that fails.
   *
   * @param dataRanges where it holds data, if the caller knows better than the file system
   */
  static RawImage ofChannel(
      Path file, String name, FileChannel channel, @Nullable List<ByteRange> dataRanges)
      throws IOException {
    try {
      return new RawImage(file, name, channel, dataRanges);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Optional<String> incomplete() {
    return Optional.empty();
  }

  @Override
  public long sizeBytes() {
    return map.byteSize();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkRange(offset, target.byteSize());
    if (target.byteSize() >= LARGE_READ_BYTES && target.byteSize() <= Integer.MAX_VALUE) {
      readByCall(offset, target);
      return;
    }
    try {
      MemorySegment.copy(map, offset, target, 0, target.byteSize());
    } catch (InternalError vanishedPage) {
      throw vanished(offset, vanishedPage);
    } catch (IllegalStateException closed) {
      throw new IOException("read from " + this + " after it was closed", closed);
    }
  }

  private void readByCall(long offset, MemorySegment target) throws IOException {
    ByteBuffer buffer = target.asByteBuffer();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw vanished(offset + buffer.position(), null);
      }
    }
  }

  private IOException vanished(long offset, @Nullable Throwable cause) {
    return new IOException(
        "the bytes at offset "
            + offset
            + " of "
            + this
            + " can no longer be read: the file was cut short or its disk failed during the scan",
        cause);
  }

  /** In place: nothing is copied, whatever the length. */
  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    pages.touch(offset, lengthBytes);
    return map.asSlice(offset, lengthBytes);
  }

  @Override
  public List<ByteRange> dataRanges() {
    List<ByteRange> known = dataRanges;
    if (known == null) {
      known =
          sizeBytes() <= LinuxCalls.SMALL_BYTES
              ? everything()
              : LinuxCalls.dataRanges(file, sizeBytes()).orElseGet(this::everything);
      dataRanges = known;
    }
    return known;
  }

  private List<ByteRange> everything() {
    return sizeBytes() == 0 ? List.of() : List.of(new ByteRange(0, sizeBytes()));
  }

  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      pages.close();
      arena.close();
    }
    channel.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
