package io.amivet.block;

import java.io.IOException;
import java.util.List;

/** A device that is another one to all but those who read it. Closing it closes the other. */
public abstract class ForwardingDevice implements BlockDevice {
  /** What it stands for. */
  protected final BlockDevice device;

  protected ForwardingDevice(BlockDevice device) {
    this.device = device;
  }

  @Override
  public long sizeBytes() {
    return device.sizeBytes();
  }

  @Override
  public int logicalSectorBytes() {
    return device.logicalSectorBytes();
  }

  @Override
  public List<ByteRange> dataRanges() throws IOException {
    return device.dataRanges();
  }

  @Override
  public long imageOffset(long offset) {
    return device.imageOffset(offset);
  }

  @Override
  public void close() throws IOException {
    device.close();
  }

  @Override
  public String toString() {
    return device.toString();
  }
}
