package io.amivet.testing;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** A mapped image file. */
public final class MappedImage implements BlockDevice {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment bytes;
  private final Path file;

  public MappedImage(Path file) throws IOException {
    this.file = file;
    try (FileChannel channel = FileChannel.open(file)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }

  @Override
  public long sizeBytes() {
    return bytes.byteSize();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkRange(offset, target.byteSize());
    MemorySegment.copy(bytes, offset, target, 0, target.byteSize());
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
    return String.valueOf(file.getFileName());
  }
}
