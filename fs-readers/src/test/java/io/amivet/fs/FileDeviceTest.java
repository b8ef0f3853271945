package io.amivet.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.BlockDevice;
import io.amivet.block.BlockDeviceContract;
import io.amivet.block.ByteRange;
import io.amivet.block.MemoryDevice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileDeviceTest extends BlockDeviceContract {
  private static final int HALF_BYTES = 70_000;
  private static final int HOLE_END = 270_000;

  /** The part before the zeros and that after them, the other way round; the zeros are a hole. */
  @Override
  protected BlockDevice deviceOf(byte[] contents) {
    int tail = Math.max(0, contents.length - HOLE_END);
    int head = Math.min(HALF_BYTES, contents.length);
    byte[] volume = new byte[tail + head];
    System.arraycopy(contents, contents.length - tail, volume, 0, tail);
    System.arraycopy(contents, 0, volume, tail, head);
    List<Extent> extents = new ArrayList<>();
    if (head > 0) {
      extents.add(new Extent(0, tail, head, false));
    }
    if (tail > 0) {
      extents.add(new Extent(HOLE_END, 0, tail, false));
    }
    return new FileDevice(
        new MemoryDevice("volume", volume),
        new FileContent.Mapped(contents.length, extents),
        "/image");
  }

  @Test
  void saysWhereAByteLiesOnTheVolume() throws IOException {
    BlockDevice device = deviceOf(contents());
    int tail = contents().length - HOLE_END;
    assertThat(device.imageOffset(5)).isEqualTo(tail + 5L);
    assertThat(device.imageOffset(HOLE_END + 7L)).isEqualTo(7);
    assertThat(device.imageOffset(HALF_BYTES)).isEqualTo(-1);
    assertThat(device.dataRanges())
        .containsExactly(new ByteRange(0, HALF_BYTES), new ByteRange(HOLE_END, tail));
  }
}
