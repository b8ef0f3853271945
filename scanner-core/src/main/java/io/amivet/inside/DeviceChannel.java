package io.amivet.inside;

import io.amivet.block.BlockDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A device for libraries that read by position. While they read a directory of members, which they
 * keep in memory, they get no more than an allowance.
 */
final class DeviceChannel implements SeekableByteChannel {
  /** Directories beyond this are not read: some 200,000 members. */
  static final long DIRECTORY_BYTES = 16L << 20;

  private final BlockDevice device;
  private long position;
  private long allowance = DIRECTORY_BYTES;
  private boolean open = true;

  DeviceChannel(BlockDevice device) {
    this.device = device;
  }

  /** From here on contents are read. */
  void contents() {
    allowance = Long.MAX_VALUE;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    long left = device.sizeBytes() - position;
    if (left <= 0) {
      return -1;
    }
    int count = (int) Math.min(left, target.remaining());
    if (allowance != Long.MAX_VALUE) {
      allowance -= count;
      if (allowance < 0) {
        throw new NotSearchedException("its directory of members is longer than any");
      }
    }
    byte[] bytes = new byte[count];
    device.read(position, MemorySegment.ofArray(bytes));
    target.put(bytes);
    position += count;
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    if (newPosition < 0) {
      throw new IllegalArgumentException("negative position");
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return device.sizeBytes();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
