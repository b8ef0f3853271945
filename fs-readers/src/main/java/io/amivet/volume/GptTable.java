package io.amivet.volume;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A GUID partition table (UEFI 2.10 chapter 5.3, {@code block/partitions/efi.c}). Where the primary
 * copy is damaged the backup is used; where neither is whole, entries whose own checksum fails are
 * better than none and are used with an anomaly.
 *
 * @param sectorBytes 512 or 4096
 */
public record GptTable(
    int sectorBytes, String diskGuid, List<Partition> partitions, List<String> losses)
    implements PartitionTable {
  private static final long PRIMARY_LBA = 1;

  public GptTable {
    partitions = List.copyOf(partitions);
    losses = List.copyOf(losses);
  }

  @Override
  public String type() {
    return "gpt";
  }

  /** A copy of the table whose header is sound. */
  private record Copy(long lba, GptHeader header, StructView entries) {
    boolean whole() {
      return header.crcHolds(entries);
    }
  }

  /**
   * Reads the table, if the device carries a trace of one.
   *
   * @param expected whether the MBR promises a GPT, so that finding none usable is a fault
   * @return empty if there is no GPT, or none that can be used
   */
  static Optional<GptTable> read(BlockDevice device, boolean expected, AnomalyLog anomalies)
      throws IOException {
    return read(device, expected, -1, anomalies);
  }

  /**
   * Reads the table of an image that may be longer or shorter than the disk was.
   *
   * @param protectedEnd see {@link MbrTable#protectedEnd}; -1 if not known
   */
  static Optional<GptTable> read(
      BlockDevice device, boolean expected, long protectedEnd, AnomalyLog anomalies)
      throws IOException {
    for (int sectorBytes : sectorSizes(device)) {
      boolean primary = GptHeader.isAt(device, sectorBytes, PRIMARY_LBA);
      List<Long> backups = backupLbas(device, sectorBytes, protectedEnd);
      boolean trace = primary;
      for (long lba : backups) {
        trace |= expected && GptHeader.isAt(device, sectorBytes, lba);
      }
      if (trace) {
        Optional<GptTable> table = readCopies(device, sectorBytes, backups, anomalies);
        if (table.isPresent()) {
          return table;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Where the backup may be: where the primary says, where the disk ended, where the image does.
   */
  private static List<Long> backupLbas(BlockDevice device, int sectorBytes, long protectedEnd)
      throws IOException {
    long last = lastLba(device, sectorBytes);
    long stated = GptHeader.alternateLba(device, sectorBytes, PRIMARY_LBA);
    return Stream.of(stated, protectedEnd, last)
        .filter(lba -> lba > PRIMARY_LBA && lba <= last)
        .distinct()
        .toList();
  }

  /** Both sizes in use, the more likely one first. */
  private static int[] sectorSizes(BlockDevice device) {
    return device.logicalSectorBytes() == 4096 ? new int[] {4096, 512} : new int[] {512, 4096};
  }

  private static long lastLba(BlockDevice device, int sectorBytes) {
    return Math.max(0, device.sizeBytes() / sectorBytes - 1);
  }

  private static Optional<GptTable> readCopies(
      BlockDevice device, int sectorBytes, List<Long> backups, AnomalyLog anomalies)
      throws IOException {
    Optional<Copy> best = readCopy(device, sectorBytes, PRIMARY_LBA, anomalies);
    if (best.isPresent() && best.get().whole()) {
      return Optional.of(parse(best.get(), anomalies));
    }
    for (long lba : backups) {
      // A place without the signature is no damaged copy, just a guess that was wrong.
      boolean candidate = lba == backups.getLast() || GptHeader.isAt(device, sectorBytes, lba);
      Optional<Copy> backup =
          candidate ? readCopy(device, sectorBytes, lba, anomalies) : Optional.empty();
      if (backup.isPresent() && (backup.get().whole() || best.isEmpty())) {
        best = backup;
      }
      if (best.isPresent() && best.get().whole()) {
        break;
      }
    }
    if (best.isPresent() && best.get().lba() != PRIMARY_LBA) {
      VolumeFault lost = VolumeFault.GPT_PRIMARY_LOST;
      anomalies.add(
          new Anomaly(
              lost.code(),
              lost.summary() + ", at sector " + best.get().lba(),
              device.imageOffset(sectorBytes)));
    }
    return best.map(copy -> parse(copy, anomalies));
  }

  private static Optional<Copy> readCopy(
      BlockDevice device, int sectorBytes, long lba, AnomalyLog anomalies) throws IOException {
    if (lba <= 0 || lba > lastLba(device, sectorBytes)) {
      return Optional.empty();
    }
    try {
      GptHeader header = GptHeader.read(device, sectorBytes, lba);
      Copy copy = new Copy(lba, header, header.entries(device));
      if (!copy.whole()) {
        String expected = "0x" + Long.toHexString(header.entriesCrc()) + " expected";
        anomalies.add(copy.entries().anomaly(VolumeFault.GPT_ENTRIES_CRC, 0, expected));
      }
      return Optional.of(copy);
    } catch (CorruptImageException e) {
      anomalies.add(e);
      return Optional.empty();
    }
  }

  private static GptTable parse(Copy copy, AnomalyLog anomalies) {
    GptHeader header = copy.header();
    List<Partition> partitions = new ArrayList<>();
    List<String> losses = new ArrayList<>();
    for (int i = 0; i < header.entryCount(); i++) {
      int at = i * header.entrySizeBytes();
      StructView entry = copy.entries().slice("gpt_entry", at, header.entrySizeBytes());
      String type = Guid.mixedEndian(entry, 0x00);
      if (type.isEmpty()) {
        continue;
      }
      Optional<ByteRange> range = range(entry, header.sectorBytes());
      if (range.isPresent()) {
        partitions.add(partition(i + 1, type, range.get(), entry));
      } else {
        String lbas = entry.u64le(0x20) + " to " + entry.u64le(0x28);
        anomalies.add(entry.anomaly(VolumeFault.GPT_ENTRY_RANGE, 0x20, lbas));
        losses.add("partition " + (i + 1) + " has an impossible range");
      }
    }
    return new GptTable(header.sectorBytes(), header.diskGuid(), partitions, losses);
  }

  private static Partition partition(int number, String type, ByteRange range, StructView entry) {
    String name = new String(entry.bytes(0x38, 72), StandardCharsets.UTF_16LE);
    int end = name.indexOf('\0');
    return new Partition(
        number,
        range,
        PartitionKind.ofGuid(type),
        end < 0 ? name : name.substring(0, end),
        Guid.mixedEndian(entry, 0x10));
  }

  private static Optional<ByteRange> range(StructView entry, int sectorBytes) {
    long starting_lba = entry.u64le(0x20);
    long ending_lba = entry.u64le(0x28);
    long limit = Long.MAX_VALUE / sectorBytes - 1;
    if (starting_lba < 0 || ending_lba < starting_lba || ending_lba > limit) {
      return Optional.empty();
    }
    long lengthBytes = (ending_lba - starting_lba + 1) * sectorBytes;
    return Optional.of(new ByteRange(starting_lba * sectorBytes, lengthBytes));
  }
}
