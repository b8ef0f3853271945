package io.amivet.volume;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTableTest {
  private final AnomalyLog anomalies = new AnomalyLog();

  @ParameterizedTest
  @ValueSource(strings = {"vol-gpt", "vol-gpt4k", "vol-hybrid", "vol-signatures"})
  void readsTheSameGptAsSfdisk(String name) throws IOException {
    DiskImage image = DiskImage.of(name);
    GptTable table = GptTable.read(image.device(), true, anomalies).orElseThrow();

    JsonNode sfdisk = image.sfdisk();
    assertThat(table.diskGuid()).isEqualToIgnoringCase(sfdisk.get("id").asText());
    assertThat(table.sectorBytes()).isEqualTo(sfdisk.get("sectorsize").asInt());
    assertThat(table.partitions()).hasSameSizeAs(image.expected());
    for (int i = 0; i < table.partitions().size(); i++) {
      Partition partition = table.partitions().get(i);
      JsonNode entry = sfdisk.get("partitions").get(i);
      assertThat(partition.number()).isEqualTo(image.expected().get(i).number());
      assertThat(partition.range()).isEqualTo(image.expected().get(i).range());
      assertThat(partition.uuid()).isEqualToIgnoringCase(entry.get("uuid").asText());
      assertThat(partition.label()).isEqualTo(entry.path("name").asText());
      assertThat(partition.kind())
          .isEqualTo(PartitionKind.ofGuid(entry.get("type").asText().toLowerCase(Locale.ROOT)));
    }
    assertThat(anomalies.toList()).isEmpty();
  }

  @Test
  void readsTheSameMbrAsSfdiskButTheExtendedPartitionItself() throws IOException {
    DiskImage image = DiskImage.of("vol-mbr");
    MbrTable table = mbr(image.device());

    List<DiskImage.Expected> expected =
        image.expected().stream().filter(e -> !e.table().equals("f")).toList();
    assertThat(table.partitions().stream().map(Partition::number))
        .containsExactlyElementsOf(expected.stream().map(DiskImage.Expected::number).toList());
    assertThat(table.partitions().stream().map(Partition::range))
        .containsExactlyElementsOf(expected.stream().map(DiskImage.Expected::range).toList());
    assertThat(table.partitions().stream().map(Partition::kind))
        .containsExactlyElementsOf(
            expected.stream()
                .map(e -> PartitionKind.ofMbrId(Integer.parseInt(e.table(), 16)))
                .toList());
    assertThat("0x" + table.diskSignature()).isEqualTo(image.sfdisk().get("id").asText());
    assertThat(table.losses()).isEmpty();
    assertThat(anomalies.toList()).isEmpty();
  }

  private MbrTable mbr(BlockDevice device) throws IOException {
    return MbrTable.read(device, MbrTable.slots(device).orElseThrow(), anomalies);
  }

  @Test
  void usesTheBackupWhenOneBitOfThePrimaryHeaderIsWrong() throws IOException {
    List<Partition> whole =
        GptTable.read(DiskImage.of("vol-gpt").device(), true, anomalies).orElseThrow().partitions();
    DiskImage damaged = DiskImage.of("vol-gpt").flip(512 + 0x38);

    GptTable table = GptTable.read(damaged.device(), true, anomalies).orElseThrow();

    assertThat(table.partitions()).isEqualTo(whole);
    assertThat(anomalies.count(VolumeFault.GPT_HEADER_CRC.code())).isEqualTo(1);
    assertThat(anomalies.count(VolumeFault.GPT_PRIMARY_LOST.code())).isEqualTo(1);
    assertThat(anomalies.toList().getFirst().imageOffset()).isEqualTo(512 + 0x10);
  }

  @Test
  void usesTheBackupWhenTheFirstSectorsAreWiped() throws IOException {
    DiskImage damaged = DiskImage.of("vol-gpt").zero(512, 33 * 512);

    GptTable table = GptTable.read(damaged.device(), true, anomalies).orElseThrow();

    assertThat(table.partitions()).hasSize(4);
    assertThat(anomalies.count(VolumeFault.GPT_HEADER_SIGNATURE.code())).isEqualTo(1);
  }

  @Test
  void usesTheBackupWhenAnEntryOfThePrimaryIsWrong() throws IOException {
    DiskImage damaged = DiskImage.of("vol-gpt").flip(1024 + 0x20);

    GptTable table = GptTable.read(damaged.device(), true, anomalies).orElseThrow();

    assertThat(table.partitions().getFirst().range())
        .isEqualTo(damaged.expected().getFirst().range());
    assertThat(anomalies.count(VolumeFault.GPT_ENTRIES_CRC.code())).isEqualTo(1);
  }

  @Test
  void findsTheBackupInTheMiddleOfAnImageThatHasGrown() throws IOException {
    // By the damaged primary itself, and without it by the protective MBR.
    for (int wiped : new int[] {0, 512}) {
      DiskImage grown = DiskImage.of("vol-gpt").flip(512 + 0x38).zero(512, wiped);
      grown.truncate(grown.bytes().length + (3 << 20));

      VolumeListing listing = VolumeFinder.find(grown.device(), List.of(), 1, anomalies);

      assertThat(listing.volumes())
          .extracting(Volume::name)
          .containsExactly("p1", "p14", "p15", "p16");
      assertThat(listing.volumes()).noneMatch(volume -> volume.state() == VolumeState.UNREADABLE);
    }
    assertThat(anomalies.count(VolumeFault.GPT_PRIMARY_LOST.code())).isEqualTo(2);
  }

  @Test
  void findsTheBackupOfADiskWhoseStartIsWiped() throws IOException {
    DiskImage wiped = DiskImage.of("vol-gpt").zero(0, 1 << 20);

    VolumeListing listing = VolumeFinder.find(wiped.device(), List.of(), 1, anomalies);

    assertThat(listing.volumes()).hasSize(4);
    assertThat(anomalies.count(VolumeFault.GPT_NO_PROTECTIVE_MBR.code())).isEqualTo(1);
  }

  @Test
  void ignoresAGptThatAFileSystemOnTheWholeDiskLeftStanding() throws IOException {
    DiskImage image = DiskImage.of("vol-gpt").zero(0, 512);
    image.put(1024, Arrays.copyOfRange(image.bytes(), 16384 * 512 + 1024, 16384 * 512 + 2048));

    VolumeListing listing = VolumeFinder.find(image.device(), List.of(), 1, anomalies);

    assertThat(listing.tableType()).isEqualTo("none");
    assertThat(listing.volumes().getFirst().contents()).isEqualTo("ext4");
    assertThat(anomalies.count(VolumeFault.GPT_STALE.code())).isEqualTo(1);
  }

  @Test
  void notesAPartitionThatOnlyTheHybridMbrLists() throws IOException {
    DiskImage image = DiskImage.of("vol-hybrid");
    VolumeFinder.find(image.device(), List.of(), 1, anomalies);
    assertThat(anomalies.count(VolumeFault.GPT_HYBRID.code())).isZero();

    int real = (image.bytes()[0x1be + 4] & 0xff) == 0xee ? 0x1be + 16 : 0x1be;
    VolumeFinder.find(image.flip(real + 8).device(), List.of(), 1, anomalies);
    assertThat(anomalies.count(VolumeFault.GPT_HYBRID.code())).isEqualTo(1);
  }

  @Test
  void prefersEntriesWithAWrongChecksumToNone() throws IOException {
    DiskImage damaged = DiskImage.of("vol-gpt").flip(1024 + 0x38);
    damaged.truncate(damaged.bytes().length - 512);

    GptTable table = GptTable.read(damaged.device(), true, anomalies).orElseThrow();

    assertThat(table.partitions()).hasSize(4);
    assertThat(anomalies.count(VolumeFault.GPT_ENTRIES_CRC.code())).isEqualTo(1);
  }

  @Test
  void stopsAtAnExtendedChainThatRunsInACircle() throws IOException {
    // The second slot of the second record leads back to the second record itself.
    DiskImage image = DiskImage.of("vol-mbr");
    int second = secondRecord(image);
    int distance = second / 512 - 8192;
    image.put(second + 0x1be + 16 + 8, littleEndian(distance));

    MbrTable table = mbr(image.device());

    assertThat(table.partitions().stream().map(Partition::number)).containsExactly(1, 2, 5, 6);
    assertThat(table.losses()).hasSize(1);
    assertThat(anomalies.toList().getFirst().code())
        .isEqualTo(VolumeFault.MBR_EXTENDED_LOOP.code());
    assertThat(anomalies.toList().getFirst().imageOffset()).isEqualTo(second);
  }

  @Test
  void stopsAtAnExtendedChainThatLeavesItsPartition() throws IOException {
    DiskImage image = DiskImage.of("vol-mbr");
    image.put(secondRecord(image) + 0x1be + 16 + 8, littleEndian(0x7fff_ffff));

    assertThat(mbr(image.device()).losses()).hasSize(1);
    assertThat(anomalies.count(VolumeFault.MBR_EXTENDED_RANGE.code())).isEqualTo(1);
  }

  @Test
  void stopsAtAnExtendedRecordWithoutItsSignature() throws IOException {
    DiskImage image = DiskImage.of("vol-mbr");
    image.flip(secondRecord(image) + 0x1fe);

    assertThat(mbr(image.device()).partitions()).hasSize(3);
    assertThat(anomalies.count(VolumeFault.MBR_EXTENDED_SIGNATURE.code())).isEqualTo(1);
  }

  @Test
  void limitsTheLengthOfAnExtendedChain() throws IOException {
    // Each sector of the extended partition is a record that leads to the next.
    byte[] disk = new byte[600 * 512];
    slot(disk, 0x1be, 0x05, 1, 599);
    signature(disk, 0);
    for (int sector = 1; sector < 600; sector++) {
      slot(disk, sector * 512 + 0x1be, 0x83, 1, 1);
      slot(disk, sector * 512 + 0x1be + 16, 0x05, sector, 1);
      signature(disk, sector);
    }

    MbrTable table = mbr(new MemoryDevice("chain", disk));

    assertThat(table.partitions()).hasSize(ExtendedChain.MAX_RECORDS);
    assertThat(anomalies.count(VolumeFault.MBR_EXTENDED_LENGTH.code())).isEqualTo(1);
  }

  @Test
  void survivesEveryFlippedByteOfTheTables() throws IOException {
    DiskImage gpt = DiskImage.of("vol-gpt4k");
    byte[] disk = gpt.bytes();
    for (int at : IntStream.range(0, 4096 + 256).map(i -> i < 4096 ? i : 4096 + i).toArray()) {
      disk[at] ^= (byte) 0xff;
      VolumeListing listing = VolumeFinder.find(gpt.device(), List.of(), 1, new AnomalyLog());
      assertThat(listing.volumes()).isNotEmpty();
      disk[at] ^= (byte) 0xff;
    }
  }

  private static int secondRecord(DiskImage image) {
    byte[] bytes = image.bytes();
    int entry = 8192 * 512 + 0x1be + 16;
    int next = (bytes[entry + 8] & 0xff) | (bytes[entry + 9] & 0xff) << 8;
    return (8192 + next) * 512;
  }

  private static void slot(byte[] disk, int at, int id, int start, int sectors) {
    disk[at + 4] = (byte) id;
    System.arraycopy(littleEndian(start), 0, disk, at + 8, 4);
    System.arraycopy(littleEndian(sectors), 0, disk, at + 12, 4);
  }

  private static void signature(byte[] disk, int sector) {
    disk[sector * 512 + 510] = 0x55;
    disk[sector * 512 + 511] = (byte) 0xaa;
  }

  private static byte[] littleEndian(int value) {
    return new byte[] {
      (byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)
    };
  }
}
