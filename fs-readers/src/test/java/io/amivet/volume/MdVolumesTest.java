package io.amivet.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.BlockDevice;
import io.amivet.testdata.TestImages;
import io.amivet.volume.md.MdFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Against what {@code make-md.sh} laid out under superblocks that mdadm finds correct. */
class MdVolumesTest {
  private static String[] expected(String name) throws IOException {
    try (InputStream in = TestImages.resource("images/md.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t"))
          .filter(fields -> fields[0].equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void assertWhole(Volume volume, String name) throws IOException {
    assertThat(volume)
        .returns(VolumeState.READ, Volume::state)
        .returns("", Volume::reason)
        .returns(Long.parseLong(expected(name)[1]), one -> one.device().sizeBytes());
    assertThat(TestTarget.sha256(volume.device())).isEqualTo(expected(name)[2]);
  }

  private static BlockDevice disk(String name) throws IOException {
    return DiskImage.of(name).device();
  }

  @Test
  void readsTheNewestHalfOfAMirrorAndNamesTheOther() throws IOException {
    TestTarget target = new TestTarget(disk("md-b"), disk("md-a"));

    assertWhole(target.volume("md/mirror"), "mirror");
    assertThat(target.volume("md/mirror").kind()).isEqualTo("md-array");
    assertThat(target.onDisk(1).getFirst())
        .returns(VolumeState.MEMBER, Volume::state)
        .returns("RAID member 0 of md/mirror (raid1)", Volume::reason);
    assertThat(target.onDisk(0).getFirst())
        .returns(VolumeState.MEMBER, Volume::state)
        .returns("outdated RAID member of md/mirror (raid1)", Volume::reason);
    assertThat(target.anomalies.count(MdFault.DEGRADED.code())).isEqualTo(1);
  }

  @Test
  void putsALinearArrayTogetherByThePlacesOfItsMembers() throws IOException {
    TestTarget target = new TestTarget(disk("md-a"), disk("md-b"));

    assertWhole(target.volume("md/linear"), "linear");
    assertThat(target.assembled("md/linear").disks()).containsExactly(0, 1);
  }

  @Test
  void readsStripesOverMembersOfDifferentSizes() throws IOException {
    assertWhole(new TestTarget(disk("md-a"), disk("md-b")).volume("md/striped"), "striped");
  }

  @Test
  void readsAMirrorOfTheOldFormatOnce() throws IOException {
    TestTarget target = new TestTarget(disk("md-a"), disk("md-b"));

    assertWhole(target.volume("md/9"), "old");
    assertThat(target.onDisk(0).get(3).state()).isEqualTo(VolumeState.MEMBER);
    assertThat(target.onDisk(1).get(3).state()).isEqualTo(VolumeState.MEMBER);
  }

  @Test
  void namesALevelThatItDoesNotRead() throws IOException {
    Volume parity = new TestTarget(disk("md-a"), disk("md-b")).volume("md/parity");

    assertThat(parity)
        .returns(VolumeState.UNSUPPORTED, Volume::state)
        .returns("raid5 array", Volume::reason)
        .returns(false, Volume::complete);
  }

  @Test
  void looksForPartitionsInAMirrorOfWholeDisks() throws IOException {
    TestTarget target = new TestTarget(disk("md-c"));

    assertThat(target.onDisk(0)).hasSize(1);
    assertThat(target.onDisk(0).getFirst().state()).isEqualTo(VolumeState.MEMBER);
    assertWhole(target.volume("md/dividedp1"), "divided");
  }

  @Test
  void findsPhysicalVolumesOnAnArray() throws IOException {
    TestTarget target = new TestTarget(DiskImage.of("lvm-a").device(), disk("md-d"));

    assertThat(target.volume("md/group").state()).isEqualTo(VolumeState.MEMBER);
    assertThat(target.volume("vg-sys/span").complete()).isTrue();
    assertThat(target.assembled("vg-sys/span").disks()).containsExactly(0, 1);
  }

  @Test
  void saysWhichMemberOfALinearArrayIsMissing() throws IOException {
    TestTarget first = new TestTarget(disk("md-a"));
    TestTarget second = new TestTarget(disk("md-b"));

    assertThat(first.volume("md/linear"))
        .returns(VolumeState.UNREADABLE, Volume::state)
        .returns("member 0 of 2 is missing, and nothing can be placed behind it", Volume::reason);
    assertThat(second.volume("md/linear").state()).isEqualTo(VolumeState.READ);
    assertThat(second.volume("md/linear").reason()).contains("member 1 of 2 is missing");
  }

  @Test
  void usesASuperblockWhoseChecksumIsWrongAndSaysSo() throws IOException {
    DiskImage damaged = DiskImage.of("md-d").flip(4096 + 193);
    TestTarget target = new TestTarget(DiskImage.of("lvm-a").device(), damaged.device());

    assertThat(target.volume("vg-sys/span").complete()).isTrue();
    assertThat(target.anomalies.count(MdFault.SUPERBLOCK_CRC.code())).isEqualTo(1);
  }

  @Test
  void takesASuperblockAtTheEndForNoneIfItsChecksumIsWrong() throws IOException {
    DiskImage image = DiskImage.of("md-a");
    int superblock = (8 << 20) - 65536;
    Volume old = new TestTarget(image.flip(superblock + 40).device()).onDisk(0).get(3);

    assertThat(old.state()).isEqualTo(VolumeState.READ);
  }
}
