package io.amivet.block;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A device over bytes in memory: small nested images, reassembled structures, and tests. */
public final class MemoryDevice implements BlockDevice {
  private final MemorySegment bytes;
  private final String name;

  /** Wraps {@code bytes} without copying; the caller must not change them afterwards. */
  public MemoryDevice(String name, byte[] bytes) {
    this.name = name;
    this.bytes = MemorySegment.ofArray(bytes).asReadOnly();
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
    return bytes.byteSize() == 0 ? List.of() : List.of(new ByteRange(0, bytes.byteSize()));
  }

  @Override
  public String toString() {
    return name;
  }
}
