package io.amivet.cli;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A device that remembers what was announced to it. */
record RecordingDevice(BlockDevice device, List<List<ByteRange>> prefetched)
    implements BlockDevice {
  @Override
  public long sizeBytes() {
    return device.sizeBytes();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    device.read(offset, target);
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    return device.view(offset, lengthBytes);
  }

  @Override
  public List<ByteRange> dataRanges() throws IOException {
    return device.dataRanges();
  }

  @Override
  public void prefetch(List<ByteRange> ranges) {
    prefetched.add(List.copyOf(ranges));
  }
}
