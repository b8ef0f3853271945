package io.amivet.inside.sqlite;

import io.amivet.block.BlockDevice;
import io.amivet.file.FileBytes;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A file that is looked into, by position. */
record DeviceBytes(BlockDevice device) implements FileBytes {
  @Override
  public long sizeBytes() {
    return device.sizeBytes();
  }

  @Override
  public void read(long offset, byte[] target) throws IOException {
    device.read(offset, MemorySegment.ofArray(target));
  }
}
