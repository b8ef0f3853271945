package io.amivet.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayDeviceTest extends BlockDeviceContract {
  private static final int BLOCK_BYTES = 1000;

  /** Every other thousand bytes below are wrong, and right in a patch: some in memory, some not. */
  @Override
  protected BlockDevice deviceOf(byte[] contents) {
    byte[] below = contents.clone();
    byte[] journal = new byte[contents.length + 77];
    System.arraycopy(contents, 0, journal, 77, contents.length);
    BlockDevice source = new MappedStandIn(journal);
    List<Patch> patches = new ArrayList<>();
    for (int at = 0; at + BLOCK_BYTES <= contents.length; at += 2 * BLOCK_BYTES) {
      Arrays.fill(below, at, at + BLOCK_BYTES, (byte) 0x5a);
      patches.add(
          at % 3 == 0
              ? Patch.of(at, Arrays.copyOfRange(contents, at, at + BLOCK_BYTES))
              : new Patch(at, source, at + 77, BLOCK_BYTES));
    }
    return new OverlayDevice(new MemoryDevice("disk.img", below), patches.reversed(), "journal");
  }

  /** A device whose bytes have a place in an image, other than bytes in memory. */
  private record MappedStandIn(byte[] bytes) implements BlockDevice {
    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public void read(long offset, MemorySegment target) throws IOException {
      new MemoryDevice("journal", bytes).read(offset, target);
    }

    @Override
    public MemorySegment view(long offset, long lengthBytes) throws IOException {
      return new MemoryDevice("journal", bytes).view(offset, lengthBytes);
    }

    @Override
    public List<ByteRange> dataRanges() {
      return List.of(new ByteRange(0, bytes.length));
    }

    @Override
    public long imageOffset(long offset) {
      return 5_000_000 + offset;
    }
  }

  @Test
  void viewsAcrossTheBordersOfPatches() throws IOException {
    byte[] seen = deviceOf(contents()).view(1500, 3000).toArray(ValueLayout.JAVA_BYTE);
    assertThat(seen).isEqualTo(Arrays.copyOfRange(contents(), 1500, 4500));
  }

  @Test
  void saysWhereTheBytesReallyLie() {
    BlockDevice device = deviceOf(contents());
    assertThat(device.imageOffset(1500)).as("no patch").isEqualTo(1500);
    assertThat(device.imageOffset(2010)).as("from the journal").isEqualTo(5_000_000 + 77 + 2010);
    assertThat(device.imageOffset(6010)).as("from memory").isEqualTo(6010);
  }

  @Test
  void addsPatchesToTheRangesThatHoldData() throws IOException {
    BlockDevice base = new MemoryDevice("disk.img", new byte[0]);
    assertThat(new OverlayDevice(base, List.of(), "journal").dataRanges()).isEmpty();
    BlockDevice whole = deviceOf(contents());
    assertThat(whole.dataRanges()).containsExactly(new ByteRange(0, whole.sizeBytes()));
  }

  @Test
  void refusesPatchesThatOverlapOrReachPastTheDevice() {
    BlockDevice base = new MemoryDevice("disk.img", new byte[100]);
    List<Patch> overlapping = List.of(Patch.of(0, new byte[10]), Patch.of(9, new byte[10]));
    List<Patch> tooFar = List.of(Patch.of(95, new byte[10]));
    assertThatIllegalArgumentException().isThrownBy(() -> new OverlayDevice(base, overlapping, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new OverlayDevice(base, tooFar, ""));
  }

  @Test
  void saysThatTheVolumeIsNotAsOnDisk() {
    assertThat(deviceOf(contents())).hasToString("disk.img with its journal");
  }
}
