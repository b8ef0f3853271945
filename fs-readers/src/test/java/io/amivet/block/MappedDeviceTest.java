package io.amivet.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amivet.block.MappedTarget.Absent;
import io.amivet.block.MappedTarget.Part;
import io.amivet.block.MappedTarget.Zeros;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappedDeviceTest extends BlockDeviceContract {
  private static final int CHUNK = 512;
  private static final int LEGS = 3;
  private static final int STRIPED_BYTES = 20 * CHUNK * LEGS;
  private static final int GAP = 100;

  private enum TestFault implements Fault {
    LOST;

    @Override
    public String code() {
      return "test.lost";
    }

    @Override
    public String summary() {
      return "lost";
    }
  }

  /** Stripes first, then plain parts in the reverse order of their places. */
  @Override
  protected BlockDevice deviceOf(byte[] contents) {
    List<MappedTarget> targets = new ArrayList<>();
    int striped = contents.length < STRIPED_BYTES ? 0 : STRIPED_BYTES;
    if (striped > 0) {
      targets.add(new MappedTarget(striped, legs(contents), CHUNK));
    }
    int rest = contents.length - striped;
    int half = rest / 2;
    byte[] swapped = new byte[rest + GAP];
    System.arraycopy(contents, striped, swapped, rest - half + GAP, half);
    System.arraycopy(contents, striped + half, swapped, 0, rest - half);
    MemoryDevice device = new MemoryDevice("swapped", swapped);
    if (half > 0) {
      targets.add(MappedTarget.linear(half, new Part(device, rest - half + GAP)));
    }
    if (rest > half) {
      targets.add(MappedTarget.linear(rest - half, new Part(device, 0)));
    }
    return new MappedDevice(targets, TestFault.LOST, "mapped");
  }

  private static List<MappedTarget.Leg> legs(byte[] contents) {
    byte[][] legs = new byte[LEGS][STRIPED_BYTES / LEGS + GAP];
    for (int chunk = 0; chunk < STRIPED_BYTES / CHUNK; chunk++) {
      System.arraycopy(
          contents, chunk * CHUNK, legs[chunk % LEGS], GAP + chunk / LEGS * CHUNK, CHUNK);
    }
    List<MappedTarget.Leg> parts = new ArrayList<>();
    for (byte[] leg : legs) {
      parts.add(new Part(new MemoryDevice("leg", leg), GAP));
    }
    return parts;
  }

  @Test
  void readsWhatIsThereAndFaultsWhereAPartIsAbsentOrCutOff() throws IOException {
    MemoryDevice cut = new MemoryDevice("cut", new byte[600]);
    MappedDevice device =
        new MappedDevice(
            List.of(
                MappedTarget.linear(1000, new Part(cut, 100)),
                MappedTarget.linear(1000, new Zeros()),
                MappedTarget.linear(1000, new Absent("disk b is missing"))),
            TestFault.LOST,
            "vg/lv");

    assertThat(device.view(0, 500).byteSize()).isEqualTo(500);
    assertThat(device.view(1000, 1000).byteSize()).isEqualTo(1000);
    for (long lost : new long[] {499, 2000, 1999}) {
      assertThatExceptionOfType(CorruptImageException.class)
          .isThrownBy(() -> device.view(lost, 2))
          .matches(e -> e.fault() == TestFault.LOST)
          .withMessageContaining("vg/lv");
    }
    assertThat(device.absences())
        .containsExactly("500 bytes lie past the end of cut", "disk b is missing");
    assertThat(device.whollyAbsent()).isFalse();
  }

  @Test
  void passesOnWhatTheDevicesBelowItLack() {
    MappedDevice below =
        new MappedDevice(
            List.of(MappedTarget.linear(1000, new Absent("gone"))), TestFault.LOST, "below");
    MappedDevice device =
        new MappedDevice(
            List.of(MappedTarget.linear(1000, new Part(below, 0))), TestFault.LOST, "above");

    assertThat(device.absences()).containsExactly("gone");
    assertThat(device.whollyAbsent()).isTrue();
  }

  @Test
  void saysWhereInTheImageAByteOfAStripeIs() {
    byte[] image = new byte[4 * CHUNK];
    MemoryDevice disk = new MemoryDevice("disk", image);
    List<MappedTarget.Leg> legs = List.of(new Part(disk, 2 * CHUNK), new Part(disk, 0));
    MappedDevice device =
        new MappedDevice(
            List.of(new MappedTarget(4 * CHUNK, legs, CHUNK)), TestFault.LOST, "striped");

    assertThat(device.imageOffset(5)).isEqualTo(2 * CHUNK + 5);
    assertThat(device.imageOffset(CHUNK)).isZero();
    assertThat(device.imageOffset(2 * CHUNK + 7)).isEqualTo(3 * CHUNK + 7);
    assertThat(device.imageOffset(4 * CHUNK)).isEqualTo(-1);
  }

  @Test
  void movesTheDataRangesOfItsParts() throws IOException {
    byte[] bytes = new byte[1000];
    Arrays.fill(bytes, (byte) 1);
    MemoryDevice disk = new MemoryDevice("disk", bytes);
    MappedDevice device =
        new MappedDevice(
            List.of(
                MappedTarget.linear(300, new Zeros()),
                MappedTarget.linear(200, new Part(disk, 800)),
                MappedTarget.linear(100, new Part(disk, 0)),
                MappedTarget.linear(50, new Absent("gone"))),
            TestFault.LOST,
            "mapped");

    assertThat(device.dataRanges()).containsExactly(new ByteRange(300, 300));
  }
}
