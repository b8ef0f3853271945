package io.amivet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadBudgetTest {
  private static final long GIB = 1L << 30;

  private record Sized(long sizeBytes) implements BlockDevice {
    @Override
    public void read(long offset, MemorySegment target) {
      throw new AssertionError("a budget reads nothing");
    }

    @Override
    public MemorySegment view(long offset, long lengthBytes) {
      throw new AssertionError("a budget reads nothing");
    }

    @Override
    public List<ByteRange> dataRanges() {
      throw new AssertionError("a budget reads nothing");
    }
  }

  private static long of(long volumeBytes) {
    return ReadBudget.of(new Sized(volumeBytes));
  }

  @Test
  void isSixteenTimesTheVolumeAndAtLeastWhatSmallCompressedOnesHold() {
    assertThat(of(10 * GIB)).isEqualTo(160 * GIB);
    assertThat(of(4096)).isEqualTo(2 * GIB);
  }

  @Test
  void doesNotLimitAFolderWhichHasNoSize() {
    assertThat(of(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void doesNotGrowWithASizeThatNoDiskHas() {
    assertThat(of(Long.MAX_VALUE)).isEqualTo(2 * GIB);
    assertThat(of(1L << 60)).isEqualTo(2 * GIB);
  }
}
