package io.amivet.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amivet.block.CorruptImageException;
import io.amivet.testdata.TestImages;
import io.amivet.volume.lvm.LvmFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against what {@code make-lvm.sh} wrote where LVM itself says that the extents lie. */
class LvmVolumesTest {
  /** Where the second partition of the first disk, a physical volume, starts. */
  private static final int FIRST_PV = 4096 * 512;

  private static final int MDA = 4096;

  private record Expected(String name, long sizeBytes, String sha256) {}

  private static List<Expected> expected() throws IOException {
    List<Expected> all = new ArrayList<>();
    try (InputStream in = TestImages.resource("images/lvm.tsv")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String[] fields = line.split("\t");
        all.add(new Expected("vg-sys/" + fields[0], Long.parseLong(fields[1]), fields[2]));
      }
    }
    return all;
  }

  private static TestTarget both() throws IOException {
    return new TestTarget(DiskImage.of("lvm-a").device(), DiskImage.of("lvm-b").device());
  }

  @Test
  void readsEveryLogicalVolumeAsItWasWritten() throws IOException {
    TestTarget target = both();
    List<String> names =
        target.volumes.assembled().stream().map(one -> one.volume().name()).toList();

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(expected().stream().map(Expected::name).toList());
    for (Expected one : expected()) {
      Volume volume = target.volume(one.name());
      assertThat(volume.device().sizeBytes()).as(one.name()).isEqualTo(one.sizeBytes());
      if (!one.sha256().equals("-")) {
        assertThat(volume.state()).as(one.name()).isEqualTo(VolumeState.READ);
        assertThat(volume.reason()).as(one.name()).isEmpty();
        assertThat(TestTarget.sha256(volume.device())).as(one.name()).isEqualTo(one.sha256());
      }
    }
    assertThat(target.anomalies.toList()).isEmpty();
  }

  @Test
  void numbersLogicalVolumesAfterAllPartitionsAndNamesTheirDisks() throws IOException {
    TestTarget target = both();

    assertThat(target.onDisk(0)).extracting(Volume::index).containsExactly(1, 2);
    assertThat(target.onDisk(1)).extracting(Volume::index).containsExactly(3);
    assertThat(target.volumes.assembled().getFirst().volume().index()).isEqualTo(4);
    assertThat(target.volume("vg-sys/root").kind()).isEqualTo("logical-volume");
    assertThat(target.assembled("vg-sys/root").disks()).containsExactly(0);
    assertThat(target.assembled("vg-sys/span").disks()).containsExactly(0, 1);
    assertThat(target.assembled("vg-sys/striped").disks()).containsExactly(0, 1);
  }

  @Test
  void listsPhysicalVolumesAsMembersThatHoldNothingOfTheirOwn() throws IOException {
    Volume member = both().onDisk(0).get(1);

    assertThat(member)
        .returns(VolumeState.MEMBER, Volume::state)
        .returns("LVM physical volume of vg-sys", Volume::reason)
        .returns("LVM2_member", Volume::contents)
        .returns(true, Volume::complete);
  }

  @Test
  void namesTheTypesThatItDoesNotRead() throws IOException {
    TestTarget target = both();

    assertThat(target.volume("vg-sys/thin"))
        .returns(VolumeState.UNSUPPORTED, Volume::state)
        .returns("thin volume of pool pool", Volume::reason)
        .returns(false, Volume::complete);
    assertThat(target.volume("vg-sys/pool"))
        .returns(VolumeState.UNSUPPORTED, Volume::state)
        .returns("thin pool", Volume::reason)
        .returns(false, Volume::holdsData);
    assertThat(target.volume("vg-sys/store"))
        .returns(VolumeState.UNSUPPORTED, Volume::state)
        .returns("copy-on-write snapshot of home-1", Volume::reason)
        .returns(false, Volume::complete);
    assertThat(target.volume("vg-sys/hole").state()).isEqualTo(VolumeState.UNREADABLE);
    assertThat(target.volume("vg-sys/nothing").state()).isEqualTo(VolumeState.EMPTY);
  }

  @Test
  void readsWhatIsThereWhenADiskIsMissing() throws IOException {
    TestTarget target = new TestTarget(DiskImage.of("lvm-a").device());

    assertThat(target.volume("vg-sys/root").complete()).isTrue();
    assertThat(target.volume("vg-sys/mirror").complete()).isTrue();
    assertThat(target.anomalies.count(LvmFault.MIRROR_DEGRADED.code())).isEqualTo(1);
    Volume striped = target.volume("vg-sys/striped");
    assertThat(striped.complete()).isFalse();
    assertThat(striped.reason())
        .contains("bbbbbb-BBBB-BBBB-BBBB-BBBB-BBBB-000002")
        .contains("is missing");
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> striped.device().view(16 << 10, 512))
        .matches(e -> e.fault() == LvmFault.PV_MISSING);
    assertThat(striped.device().view(32 << 10, 512).byteSize()).isEqualTo(512);
  }

  @Test
  void takesTheTextOfAnotherVolumeWhenTheOwnIsDamaged() throws IOException {
    DiskImage first = DiskImage.of("lvm-a").flip(FIRST_PV + MDA + 40);
    TestTarget target = new TestTarget(first.device(), DiskImage.of("lvm-b").device());

    assertThat(target.volume("vg-sys/root").complete()).isTrue();
    assertThat(target.anomalies.count(LvmFault.MDA_CRC.code())).isEqualTo(1);
    assertThat(target.anomalies.count(LvmFault.TEXT_LOST.code())).isEqualTo(1);
  }

  @Test
  void saysThatItReadByAnOlderTextWhenAllNewestAreDamaged() throws IOException {
    DiskImage first = DiskImage.of("lvm-a").flip(FIRST_PV + MDA + 40);
    DiskImage second = DiskImage.of("lvm-b").flip(MDA + 40);
    TestTarget target = new TestTarget(first.device(), second.device());

    Volume root = target.volume("vg-sys/root");
    assertThat(root.state()).isEqualTo(VolumeState.READ);
    assertThat(root.reason()).contains("is damaged, it was read by number");
    assertThat(TestTarget.sha256(root.device())).isEqualTo(sha256("vg-sys/root"));
  }

  private static String sha256(String name) throws IOException {
    return expected().stream()
        .filter(one -> one.name().equals(name))
        .map(Expected::sha256)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void usesALabelWhoseChecksumIsWrongAndSaysSo() throws IOException {
    DiskImage second = DiskImage.of("lvm-b").flip(512 + 0x10);
    TestTarget target = new TestTarget(DiskImage.of("lvm-a").device(), second.device());

    assertThat(target.volume("vg-sys/span").complete()).isTrue();
    assertThat(target.anomalies.count(LvmFault.LABEL_CRC.code())).isEqualTo(1);
  }

  @Test
  void listsTheSecondOfTwoCopiesOfADiskAsUnread() throws IOException {
    TestTarget target =
        new TestTarget(
            DiskImage.of("lvm-a").device(),
            DiskImage.of("lvm-b").device(),
            DiskImage.of("lvm-b").device());

    assertThat(target.onDisk(2).getFirst())
        .returns(VolumeState.UNREADABLE, Volume::state)
        .returns(false, Volume::complete);
    assertThat(target.anomalies.count(LvmFault.PV_TWICE.code())).isEqualTo(1);
    assertThat(target.volume("vg-sys/span").complete()).isTrue();
  }

  @Test
  void listsAPhysicalVolumeWhoseGroupCannotBeToldAsUnreadable() throws IOException {
    DiskImage second = DiskImage.of("lvm-b").zero(MDA, (128 << 10) - MDA);
    TestTarget target = new TestTarget(second.device());

    assertThat(target.onDisk(0).getFirst())
        .returns(VolumeState.UNREADABLE, Volume::state)
        .returns(false, Volume::complete);
    assertThat(target.volumes.assembled()).isEmpty();
  }

  @Test
  void readsALogicalVolumeOnATruncatedDiskAsFarAsItGoes() throws IOException {
    DiskImage second = DiskImage.of("lvm-b").truncate(2 << 20);
    TestTarget target = new TestTarget(DiskImage.of("lvm-a").device(), second.device());

    Volume span = target.volume("vg-sys/span");
    assertThat(span.reason()).contains("bytes lie past the end of lvm-b.img");
    assertThat(span.state()).isEqualTo(VolumeState.READ);
    assertThat(target.volume("vg-sys/root").complete()).isTrue();
  }
}
