package io.amivet.scan;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.ForwardingDevice;
import io.amivet.block.Urgency;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;

/**
 * A disk that notes which of its blocks are needed. What is read is needed and read; what is asked
 * for ahead, once {@link #plan} was called, is noted only. Blocks have the size of those of EBS
 * snapshots, whatever the disk is.
 */
final class FetchRecorder extends ForwardingDevice {
  static final int BLOCK_BYTES = 512 << 10;

  private final BitSet held = new BitSet();
  private final BitSet needed = new BitSet();
  private volatile boolean planning;

  FetchRecorder(BlockDevice device) throws IOException {
    super(device);
    for (ByteRange range : device.dataRanges()) {
      held.set(block(range.offset()), block(range.end() - 1) + 1);
    }
  }

  private static int block(long offset) {
    return Math.toIntExact(offset / BLOCK_BYTES);
  }

  /** From now on nothing is fetched ahead. */
  void plan() {
    planning = true;
  }

  /** Blocks that hold data. */
  int heldBlocks() {
    return held.cardinality();
  }

  /** Blocks that hold data and that were read, or asked for. */
  synchronized int neededBlocks() {
    BitSet both = (BitSet) needed.clone();
    both.and(held);
    return both.cardinality();
  }

  long blocks() {
    return Math.ceilDiv(sizeBytes(), (long) BLOCK_BYTES);
  }

  private synchronized void need(long offset, long lengthBytes) {
    long end = Math.min(offset + lengthBytes, sizeBytes());
    if (offset < end) {
      needed.set(block(offset), block(end - 1) + 1);
    }
  }

  @Override
  public void prefetch(List<ByteRange> ranges, Urgency urgency) {
    ranges.forEach(range -> need(range.offset(), range.length()));
    if (!planning) {
      device.prefetch(ranges, urgency);
    }
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    need(offset, target.byteSize());
    device.read(offset, target);
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    need(offset, lengthBytes);
    return device.view(offset, lengthBytes);
  }
}
