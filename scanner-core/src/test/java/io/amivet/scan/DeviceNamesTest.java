package io.amivet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.ByteRange;
import io.amivet.block.MemoryDevice;
import io.amivet.volume.Partition;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceNamesTest {
  private static DeviceNames names(String kind, String name, @Nullable Partition partition) {
    return new DeviceNames(
        new Volume(
            1,
            new MemoryDevice("volume", new byte[512]),
            kind,
            name,
            "ext4",
            "a label",
            "AAAA-01",
            VolumeState.READ,
            "",
            true,
            null,
            partition));
  }

  @Test
  void doublesTheDashesOfLogicalVolumesAsDeviceMapperDoes() {
    DeviceNames names = names("logical-volume", "vg-sys/home-1", null);

    assertThat(names.contains("/dev/mapper/vg--sys-home--1")).isTrue();
    assertThat(names.contains("/dev/vg-sys/home-1")).isTrue();
    assertThat(names.contains("/dev/mapper/vg-sys-home-1")).isFalse();
    assertThat(names.contains("/dev/VG-sys/home-1")).isFalse();
  }

  @Test
  void knowsPartitionsByTheirEntryInTheTable() {
    Partition partition =
        new Partition(2, new ByteRange(0, 512), "linux-filesystem", "root fs", "0011-ABcd");
    DeviceNames names = names("linux-filesystem", "p2", partition);

    assertThat(names.contains("PARTUUID=0011-abcd")).isTrue();
    assertThat(names.contains("/dev/disk/by-partuuid/0011-abcd")).isTrue();
    assertThat(names.contains("PARTLABEL=root fs")).isTrue();
    assertThat(names.contains("PARTLABEL=ROOT FS")).isFalse();
    assertThat(names.contains("UUID=aaaa-01")).isTrue();
    assertThat(names.contains("LABEL=a label")).isTrue();
  }

  @Test
  void knowsArraysAndTheirPartitionsByBothNames() {
    assertThat(names("md-array", "md/0", null).contains("/dev/md0")).isTrue();
    assertThat(names("md-array", "md/data", null).contains("/dev/md/data")).isTrue();
    assertThat(names("linux-filesystem", "md/0p1", null).contains("/dev/md0p1")).isTrue();
  }

  @Test
  void takesAnEmptyTagForNoName() {
    DeviceNames names = names("linux-filesystem", "p1", null);

    assertThat(names.contains("PARTUUID=")).isFalse();
    assertThat(names.contains("PARTLABEL=")).isFalse();
  }
}
