package io.amivet.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiskChangesTest {
  private static final int SIZE = 3 << 20;
  private static final int CHANGED_AT = (1 << 20) + 12_345;

  private final byte[] before = random();
  private final byte[] now = before.clone();

  private static byte[] random() {
    byte[] bytes = new byte[SIZE];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static BlockDevice device(byte[] bytes) {
    return new MemoryDevice("memory", bytes);
  }

  @Test
  void bytesAreComparedWhereTheyAreAskedFor() throws IOException {
    now[CHANGED_AT] ^= 1;
    ComparedBytes changes = new ComparedBytes(device(before), device(now));
    assertThat(changes.isUnchanged(0, 1 << 20)).isTrue();
    assertThat(changes.isUnchanged(CHANGED_AT, 1)).isFalse();
    assertThat(changes.isUnchanged(0, SIZE)).isFalse();
    assertThat(changes.isUnchanged(2 << 20, 1 << 20)).isTrue();
    assertThat(changes.isUnchanged(SIZE - 1, 2)).isFalse();
    assertThat(changes.isUnchanged(-1, 1)).isFalse();
    assertThat(changes.isUnchanged(1, Long.MAX_VALUE)).isFalse();
  }

  @Test
  void listedBlocksAreChangedAsAWhole() {
    BitSet listed = new BitSet();
    listed.set(2);
    ListedChanges changes = new ListedChanges(listed, 512 << 10, SIZE);
    assertThat(changes.isUnchanged(0, 1 << 20)).isTrue();
    assertThat(changes.isUnchanged((1 << 20) - 1, 2)).isFalse();
    assertThat(changes.isUnchanged(3 << 19, 1 << 20)).isTrue();
    assertThat(changes.isUnchanged(SIZE, 1)).isFalse();
    assertThat(changes.isUnchanged(Long.MAX_VALUE, Long.MAX_VALUE)).isFalse();
  }

  @Test
  void theBaseIsReadFromTheOtherDiskWhereNothingChanged() throws IOException {
    now[CHANGED_AT] ^= 1;
    ListedChanges changes = new ListedChanges(listed(), 512 << 10, SIZE);
    byte[] gone = before.clone();
    // Where both are the same, the base is not asked: its bytes could as well be missing.
    java.util.Arrays.fill(gone, 0, 1 << 20, (byte) 0);
    BaseDevice base = new BaseDevice(device(gone), device(now), changes);
    byte[] read = new byte[SIZE];
    base.read(0, MemorySegment.ofArray(read));
    assertThat(read).isEqualTo(before);
    assertThat(base.view(CHANGED_AT, 16).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
        .isEqualTo(java.util.Arrays.copyOfRange(before, CHANGED_AT, CHANGED_AT + 16));
    assertThat(base.view((1 << 20) - 8, 16).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
        .isEqualTo(java.util.Arrays.copyOfRange(before, (1 << 20) - 8, (1 << 20) + 8));
  }

  private static BitSet listed() {
    BitSet listed = new BitSet();
    listed.set(CHANGED_AT / (512 << 10));
    return listed;
  }
}
