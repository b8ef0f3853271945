package io.amivet.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MemoryDevice;
import io.amivet.block.SliceDevice;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeFinderTest {
  private final AnomalyLog anomalies = new AnomalyLog();

  /** Accepts what carries the ext magic; opening is another's business. */
  private static final class ExtMagic implements FileSystemFormat {
    @Override
    public String name() {
      return "ext";
    }

    @Override
    public boolean probe(BlockDevice volume) throws IOException {
      return volume.sizeBytes() >= 2048
          && volume.struct("ext4_super_block", 1024, 1024).u16le(0x38) == 0xef53;
    }

    @Override
    public FileSystemView open(BlockDevice volume, AnomalyLog log, JournalMode journal) {
      throw new AssertionError("finding volumes opens none");
    }
  }

  private VolumeListing find(BlockDevice disk) throws IOException {
    return VolumeFinder.find(disk, List.of(new ExtMagic()), 1, anomalies);
  }

  private Map<String, Volume> byLabelOf(String name) throws IOException {
    DiskImage image = DiskImage.of(name);
    List<Volume> volumes = find(image.device()).volumes();
    List<String> names =
        GptTable.read(image.device(), true, anomalies).orElseThrow().partitions().stream()
            .map(Partition::label)
            .toList();
    return volumes.stream().collect(Collectors.toMap(v -> names.get(v.index() - 1), v -> v));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vol-gpt", "vol-gpt4k", "vol-hybrid", "vol-mbr", "vol-signatures"})
  void recognisesWhatBlkidRecognises(String name) throws IOException {
    DiskImage image = DiskImage.of(name);
    List<Volume> volumes = find(image.device()).volumes();
    List<DiskImage.Expected> expected =
        image.expected().stream().filter(e -> !e.table().equals("f")).toList();

    assertThat(volumes).hasSameSizeAs(expected);
    for (int i = 0; i < volumes.size(); i++) {
      Volume volume = volumes.get(i);
      DiskImage.Expected blkid = expected.get(i);
      assertThat(volume.name()).isEqualTo("p" + blkid.number());
      assertThat(volume.index()).isEqualTo(i + 1);
      assertThat(volume.contents()).as(volume.name()).isEqualTo(blkid.type());
      assertThat(volume.device().imageOffset(0)).isEqualTo(blkid.range().offset());
      if (!volume.contents().equals("iso9660")) { // blkid makes that uuid of a date
        assertThat(volume.uuid()).as(volume.name()).isEqualTo(blkid.uuid());
      }
      // Labels of NTFS and exFAT lie in files; the root directory of "fat32", where blkid looks for
      // one, was cut off.
      boolean labelInFile = List.of("ntfs", "exfat").contains(volume.contents());
      if (!labelInFile && !(volume.contents().equals("vfat") && blkid.label().isEmpty())) {
        assertThat(volume.label()).as(volume.name()).isEqualTo(blkid.label());
      }
    }
  }

  @Test
  void saysOfEachKindWhatBecomesOfIt() throws IOException {
    Map<String, Volume> volumes = byLabelOf("vol-signatures");

    assertThat(volumes.get("ext4"))
        .returns(VolumeState.READ, Volume::state)
        .returns("", Volume::reason)
        .returns(true, Volume::complete)
        .matches(v -> v.format() instanceof ExtMagic);
    assertThat(volumes.get("luks1"))
        .returns(VolumeState.ENCRYPTED, Volume::state)
        .returns("LUKS-encrypted (aes-cbc-essiv:sha256, 128 bits, LUKS1)", Volume::reason)
        .returns(true, Volume::holdsData);
    assertThat(Objects.requireNonNull(volumes.get("luks2")).reason())
        .isEqualTo("LUKS-encrypted (aes-cbc-essiv:sha256, 128 bits, LUKS2)");
    assertThat(volumes.get("bitlocker")).returns(VolumeState.ENCRYPTED, Volume::state);
    assertThat(volumes.get("lvm2"))
        .returns(VolumeState.UNSUPPORTED, Volume::state)
        .returns("LVM physical volume", Volume::reason)
        .returns(true, Volume::holdsData);
    assertThat(volumes.get("swap")).returns(false, Volume::holdsData);
    assertThat(volumes.get("suspend"))
        .returns(true, Volume::holdsData)
        .returns("hibernated memory in a swap area", Volume::reason);
    assertThat(volumes.get("verity")).returns(false, Volume::holdsData);
    assertThat(volumes.get("vfat")).returns(true, Volume::holdsData);
    assertThat(volumes.get("unknown"))
        .returns(VolumeState.UNSUPPORTED, Volume::state)
        .returns("no known file system", Volume::reason)
        .returns(false, Volume::complete);
    assertThat(volumes.get("zeros"))
        .returns(VolumeState.EMPTY, Volume::state)
        .returns(true, Volume::complete);
  }

  @Test
  void holdsNeitherBootCodeNorTheEfiSystemPartitionAgainstTheImage() throws IOException {
    List<Volume> volumes = find(DiskImage.of("vol-gpt").device()).volumes();

    assertThat(volumes).allMatch(Volume::complete);
    assertThat(volumes.get(1))
        .returns("bios-boot", Volume::kind)
        .returns(VolumeState.EMPTY, Volume::state);
    assertThat(volumes.get(2))
        .returns("efi-system", Volume::kind)
        .returns("vfat", Volume::contents)
        .returns(VolumeState.UNSUPPORTED, Volume::state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext4",
        "xfs",
        "vfat",
        "fat32",
        "swap",
        "luks1",
        "luks2",
        "lvm2",
        "ntfs",
        "exfat",
        "raid12",
        "raid090",
        "bitlocker",
        "unknown",
        "zeros"
      })
  void listsADiskWithoutATableAsOneVolume(String name) throws IOException {
    Volume partition = Objects.requireNonNull(byLabelOf("vol-signatures").get(name));
    byte[] alone =
        partition.device().view(0, partition.device().sizeBytes()).toArray(ValueLayout.JAVA_BYTE);

    VolumeListing listing = find(new MemoryDevice("alone", alone));

    assertThat(listing.tableType()).isEqualTo("none");
    assertThat(listing.volumes()).hasSize(1);
    assertThat(listing.volumes().getFirst())
        .returns("whole-disk", Volume::kind)
        .returns("disk", Volume::name)
        .returns(partition.contents(), Volume::contents)
        .returns(partition.uuid(), Volume::uuid)
        .returns(partition.state(), Volume::state);
  }

  @Test
  void readsWhatThereIsOfAVolumeCutOffByTheEndOfTheImage() throws IOException {
    int end = 16384 * 512 + (1 << 20);
    DiskImage image = DiskImage.of("vol-gpt").truncate(end);

    List<Volume> volumes = find(image.device()).volumes();

    Volume root = volumes.getFirst();
    assertThat(root)
        .returns(VolumeState.READ, Volume::state)
        .returns("the image ends 7340032 bytes before the volume does", Volume::reason)
        .returns(false, Volume::complete);
    assertThat(root.device().sizeBytes()).isEqualTo(8 << 20);
    assertThat(anomalies.count(VolumeFault.TRUNCATED.code())).isEqualTo(1);
    Assertions.assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> root.device().view((1 << 20) - 8, 16))
        .matches(e -> e.fault() == VolumeFault.TRUNCATED)
        .matches(e -> e.imageOffset() == end - 8);
    assertThat(root.device().dataRanges()).containsExactly(new ByteRange(0, 1 << 20));
  }

  @Test
  void listsAVolumeThatStartsPastTheEndOfTheImageAsUnreadable() throws IOException {
    DiskImage image = DiskImage.of("vol-gpt").truncate(4 << 20);

    Volume root = find(image.device()).volumes().getFirst();

    assertThat(root)
        .returns(VolumeState.UNREADABLE, Volume::state)
        .returns("starts past the end of the image", Volume::reason)
        .returns(true, Volume::holdsData);
  }

  @Test
  void listsTheWholeDiskAsLostWhenBothGptsAreGone() throws IOException {
    DiskImage image = DiskImage.of("vol-gpt").flip(512);
    image.flip(image.bytes().length - 512);

    VolumeListing listing = find(image.device());

    assertThat(listing.tableType()).isEqualTo("gpt");
    assertThat(listing.volumes()).hasSize(1);
    assertThat(listing.volumes().getFirst())
        .returns(VolumeState.UNREADABLE, Volume::state)
        .returns(false, Volume::complete);
    assertThat(anomalies.count(VolumeFault.GPT_LOST.code())).isEqualTo(1);
  }

  @Test
  void fallsBackToTheHybridMbrWhenBothGptsAreGone() throws IOException {
    DiskImage image = DiskImage.of("vol-hybrid").flip(512);
    image.flip(image.bytes().length - 512);

    List<Volume> volumes = find(image.device()).volumes();

    assertThat(volumes).hasSize(2);
    assertThat(volumes.getFirst().contents()).isEqualTo("ext4");
    assertThat(volumes.getLast().state()).isEqualTo(VolumeState.UNREADABLE);
  }

  @Test
  void addsAnUnreadableVolumeForALostPartOfTheTable() throws IOException {
    DiskImage image = DiskImage.of("vol-mbr").flip(8192 * 512 + 0x1fe);

    List<Volume> volumes = find(image.device()).volumes();

    assertThat(volumes.stream().map(Volume::name)).containsExactly("p1", "p2", "lost");
    assertThat(volumes.getLast().complete()).isFalse();
  }

  @Test
  void countsFromTheIndexItIsGiven() throws IOException {
    VolumeListing listing =
        VolumeFinder.find(DiskImage.of("vol-gpt").device(), List.of(), 5, anomalies);

    assertThat(listing.volumes().stream().map(Volume::index)).containsExactly(5, 6, 7, 8);
  }

  @Test
  void namesAnExtVolumeThatNoReaderAccepts() throws IOException {
    Volume root =
        VolumeFinder.find(DiskImage.of("vol-gpt").device(), List.of(), 1, anomalies)
            .volumes()
            .getFirst();

    assertThat(root)
        .returns("ext4", Volume::contents)
        .returns(VolumeState.UNSUPPORTED, Volume::state);
  }

  @Test
  void listsAVolumeWhoseSourceFailsAndGoesOnWithTheNext() throws IOException {
    BlockDevice disk = DiskImage.of("vol-gpt").device();
    BlockDevice failing = new FailingRange(disk, new ByteRange(16384 * 512, 8 << 20));

    List<Volume> volumes = find(failing).volumes();

    assertThat(volumes.getFirst())
        .returns(VolumeState.UNREADABLE, Volume::state)
        .returns("the disk failed", Volume::reason);
    assertThat(volumes.get(3).state()).isEqualTo(VolumeState.READ);
  }

  @Test
  void recognisesNothingInNoiseButNeverFails() throws IOException {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      byte[] noise = new byte[random.nextInt(8192)];
      random.nextBytes(noise);
      List<Volume> volumes = find(new MemoryDevice("noise", noise)).volumes();
      assertThat(volumes).hasSize(1);
      assertThat(volumes.getFirst().state()).isIn(VolumeState.UNSUPPORTED, VolumeState.EMPTY);
    }
  }

  @Test
  void survivesEveryCutOfASuperblock() throws IOException {
    BlockDevice disk = DiskImage.of("vol-signatures").device();
    for (Volume volume : find(disk).volumes()) {
      for (long length = 0; length < Math.min(volume.device().sizeBytes(), 70_000); length += 509) {
        BlockDevice cut = new SliceDevice(volume.device(), new ByteRange(0, length), "cut");
        assertThat(find(cut).volumes()).isNotEmpty();
      }
    }
  }

  /** A device of which one range cannot be read. */
  private record FailingRange(BlockDevice disk, ByteRange broken) implements BlockDevice {
    @Override
    public long sizeBytes() {
      return disk.sizeBytes();
    }

    @Override
    public void read(long offset, MemorySegment target) throws IOException {
      check(offset);
      disk.read(offset, target);
    }

    @Override
    public MemorySegment view(long offset, long lengthBytes) throws IOException {
      check(offset);
      return disk.view(offset, lengthBytes);
    }

    private void check(long offset) throws IOException {
      if (broken.contains(offset)) {
        throw new IOException("the disk failed");
      }
    }

    @Override
    public List<ByteRange> dataRanges() throws IOException {
      return disk.dataRanges();
    }
  }
}
