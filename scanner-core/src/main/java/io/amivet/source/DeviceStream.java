package io.amivet.source;

import io.amivet.block.BlockDevice;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The bytes of a device from its start to its end, as a stream. Closing it leaves the device be.
 */
public final class DeviceStream extends InputStream {
  private final BlockDevice device;
  private long position;

  public DeviceStream(BlockDevice device) {
    this.device = device;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, device.sizeBytes() - position);
    if (count <= 0) {
      return -1;
    }
    device.read(position, MemorySegment.ofArray(target).asSlice(offset, count));
    position += count;
    return count;
  }
}
