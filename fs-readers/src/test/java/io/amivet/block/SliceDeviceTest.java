package io.amivet.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceDeviceTest extends BlockDeviceContract {
  private static final int BEFORE_BYTES = 1000;

  @Override
  protected BlockDevice deviceOf(byte[] contents) throws IOException {
    byte[] disk = new byte[BEFORE_BYTES + contents.length + 500];
    Arrays.fill(disk, (byte) 0x5a);
    System.arraycopy(contents, 0, disk, BEFORE_BYTES, contents.length);
    ByteRange range = new ByteRange(BEFORE_BYTES, contents.length);
    return new SliceDevice(new MemoryDevice("disk.img", disk), range, "p1");
  }

  @Test
  void saysWhichPartOfWhichImageItIs() throws IOException {
    assertThat(deviceOf(contents())).hasToString("p1 of disk.img");
  }

  @Test
  void addsItsOffsetToImageOffsetsThroughEveryLevel() throws IOException {
    BlockDevice outer = deviceOf(contents());
    BlockDevice inner = new SliceDevice(outer, new ByteRange(70, 100), "inner");
    assertThat(inner.imageOffset(5)).isEqualTo(BEFORE_BYTES + 70 + 5);
    assertThat(inner.struct("s", 5, 4).imageOffset(1)).isEqualTo(BEFORE_BYTES + 70 + 6);
  }

  @Test
  void cannotReachPastItsParent() throws IOException {
    BlockDevice outer = deviceOf(contents());
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> new SliceDevice(outer, new ByteRange(1, outer.sizeBytes()), "too long"));
  }

  @Test
  void cutsAndShiftsTheDataRangesOfItsParent() throws IOException {
    BlockDevice parent =
        new Ranges(List.of(new ByteRange(0, 10), new ByteRange(20, 20), new ByteRange(90, 10)));
    BlockDevice slice = new SliceDevice(parent, new ByteRange(5, 25), "slice");
    assertThat(slice.dataRanges()).containsExactly(new ByteRange(0, 5), new ByteRange(15, 10));
  }

  @Test
  void cutsAndShiftsWhatItPassesOnToPrefetch() throws IOException {
    Ranges parent = new Ranges(List.of());
    BlockDevice slice = new SliceDevice(parent, new ByteRange(50, 20), "slice");
    slice.prefetch(List.of(new ByteRange(0, 5), new ByteRange(15, 100), new ByteRange(20, 1)));
    assertThat(parent.prefetched).containsExactly(new ByteRange(50, 5), new ByteRange(65, 5));
  }

  /** A hundred zeros with the data ranges it is told. */
  private static final class Ranges implements BlockDevice {
    private final List<ByteRange> data;
    private List<ByteRange> prefetched = List.of();

    private Ranges(List<ByteRange> data) {
      this.data = data;
    }

    @Override
    public long sizeBytes() {
      return 100;
    }

    @Override
    public void read(long offset, MemorySegment target) {
      target.fill((byte) 0);
    }

    @Override
    public MemorySegment view(long offset, long lengthBytes) {
      return MemorySegment.ofArray(new byte[(int) lengthBytes]);
    }

    @Override
    public List<ByteRange> dataRanges() {
      return data;
    }

    @Override
    public void prefetch(List<ByteRange> ranges, Urgency urgency) {
      prefetched = ranges;
    }
  }
}
