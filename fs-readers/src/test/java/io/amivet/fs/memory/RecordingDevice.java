package io.amivet.fs.memory;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.Urgency;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A device that remembers what was announced to it, and fails to read what it has lost. */
record RecordingDevice(BlockDevice device, List<List<ByteRange>> prefetched, List<ByteRange> lost)
    implements BlockDevice {
  @Override
  public long sizeBytes() {
    return device.sizeBytes();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    failIfLost(offset, target.byteSize());
    device.read(offset, target);
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    failIfLost(offset, lengthBytes);
    return device.view(offset, lengthBytes);
  }

  @Override
  public List<ByteRange> dataRanges() throws IOException {
    return device.dataRanges();
  }

  @Override
  public void prefetch(List<ByteRange> ranges, Urgency urgency) {
    prefetched.add(List.copyOf(ranges));
  }

  private void failIfLost(long offset, long lengthBytes) throws IOException {
    for (ByteRange gone : lost) {
      if (offset < gone.end() && gone.offset() < offset + lengthBytes) {
        throw new IOException("the block at " + gone.offset() + " could not be fetched");
      }
    }
  }
}
