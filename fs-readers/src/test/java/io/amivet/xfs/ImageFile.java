package io.amivet.xfs;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A raw image file, mapped. */
final class ImageFile implements BlockDevice {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment bytes;
  private final Path path;

  ImageFile(Path path) throws IOException {
    this.path = path;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }

  @Override
  public long sizeBytes() {
    return bytes.byteSize();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    MemorySegment.copy(view(offset, target.byteSize()), 0, target, 0, target.byteSize());
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    return bytes.asSlice(offset, lengthBytes);
  }

  @Override
  public List<ByteRange> dataRanges() {
    return List.of(new ByteRange(0, sizeBytes()));
  }

  @Override
  public void close() {
    arena.close();
  }

  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
