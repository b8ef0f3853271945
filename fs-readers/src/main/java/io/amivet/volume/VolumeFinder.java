package io.amivet.volume;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.SliceDevice;
import io.amivet.fs.FileSystemFormat;
import io.amivet.volume.md.MdAssembly;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists the volumes of a disk: what its partition table names, or the disk itself where it has
 * none. Every place that can hold data is listed, whether amivet reads it or not.
 */
public final class VolumeFinder {
  private static final String WHOLE_DISK = "whole-disk";
  static final String NO_TABLE = "none";

  private final BlockDevice disk;
  private final AnomalyLog anomalies;
  private final VolumeIdentifier identifier;
  private final int firstIndex;
  private final List<Volume> volumes = new ArrayList<>();

  private VolumeFinder(
      BlockDevice disk, List<FileSystemFormat> formats, int firstIndex, AnomalyLog anomalies) {
    this.disk = disk;
    this.anomalies = anomalies;
    this.identifier = new VolumeIdentifier(formats);
    this.firstIndex = firstIndex;
  }

  /**
   * Finds the volumes of a disk.
   *
   * @param formats the file systems that amivet reads, asked in this order
   * @param firstIndex the index of the first volume found
   * @throws IOException if the source fails before the table was read
   */
  public static VolumeListing find(
      BlockDevice device, List<FileSystemFormat> formats, int firstIndex, AnomalyLog anomalies)
      throws IOException {
    return new VolumeFinder(device, formats, firstIndex, anomalies).run();
  }

  private VolumeListing run() throws IOException {
    // A table at the start of one divides the array, which VolumeAssembler looks into.
    if (MdAssembly.isWholeDiskMirror(disk)) {
      return new VolumeListing(List.of(wholeDisk()), NO_TABLE);
    }
    Optional<List<MbrTable.Slot>> slots = MbrTable.slots(disk);
    boolean protective = slots.isPresent() && MbrTable.isProtective(slots.get());
    boolean plainMbr = slots.isPresent() && !protective && !isBootSectorOfFileSystem();
    if (plainMbr) {
      return list(MbrTable.read(disk, slots.get(), anomalies));
    }
    long protectedEnd = protective ? MbrTable.protectedEnd(slots.get()) : -1;
    Optional<GptTable> gpt = GptTable.read(disk, protective, protectedEnd, anomalies);
    if (protective) {
      if (gpt.isEmpty()) {
        return lostGpt(slots.get());
      }
      noteHybrid(slots.get(), gpt.get());
      return list(gpt.get());
    }
    return unprotected(gpt);
  }

  /**
   * A disk without an MBR, which to the kernel has no GPT either. Where something fills the disk
   * that is what counts; where nothing does, a GPT is more likely to be what was there, and be it
   * its backup alone.
   */
  private VolumeListing unprotected(Optional<GptTable> primary) throws IOException {
    Volume whole = wholeDisk();
    if (!whole.contents().isEmpty() || whole.state() == VolumeState.EMPTY) {
      if (primary.isPresent()) {
        note(VolumeFault.GPT_STALE, 0);
      }
      return new VolumeListing(List.of(whole), NO_TABLE);
    }
    Optional<GptTable> gpt = primary.isPresent() ? primary : GptTable.read(disk, true, anomalies);
    if (gpt.isEmpty()) {
      return new VolumeListing(List.of(whole), NO_TABLE);
    }
    note(VolumeFault.GPT_NO_PROTECTIVE_MBR, 0);
    return list(gpt.get());
  }

  /** In a hybrid MBR the GPT counts; what it does not know is only noted. */
  private void noteHybrid(List<MbrTable.Slot> slots, GptTable gpt) {
    for (MbrTable.Slot slot : slots) {
      long start = slot.start() * gpt.sectorBytes();
      boolean known = gpt.partitions().stream().anyMatch(one -> one.range().offset() == start);
      if (slot.used() && !MbrTable.isProtective(List.of(slot)) && !known) {
        note(VolumeFault.GPT_HYBRID, start);
      }
    }
  }

  /** FAT and NTFS start with a boot sector that can look like a table. */
  private boolean isBootSectorOfFileSystem() throws IOException {
    return ContentSignature.VFAT.recognize(disk).isPresent()
        || ContentSignature.NTFS.recognize(disk).isPresent()
        || ContentSignature.EXFAT.recognize(disk).isPresent()
        || ContentSignature.BITLOCKER.recognize(disk).isPresent();
  }

  private VolumeListing lostGpt(List<MbrTable.Slot> slots) throws IOException {
    note(VolumeFault.GPT_LOST, 0);
    if (MbrTable.isHybrid(slots)) {
      list(MbrTable.read(disk, slots, anomalies));
    }
    addLoss(VolumeFault.GPT_LOST.summary());
    return new VolumeListing(volumes, "gpt");
  }

  private Volume wholeDisk() {
    return identifier.identify(place(disk, WHOLE_DISK, "disk", null));
  }

  private VolumeIdentifier.Place place(
      BlockDevice device, String kind, String name, @Nullable Partition partition) {
    return new VolumeIdentifier.Place(firstIndex + volumes.size(), device, kind, name, partition);
  }

  private VolumeListing list(PartitionTable table) throws IOException {
    for (Partition partition : table.partitions()) {
      String name = "p" + partition.number();
      BlockDevice device = deviceOf(partition.range(), name);
      volumes.add(identifier.identify(place(device, partition.kind(), name, partition)));
    }
    noteOverlaps(table.partitions());
    table.losses().forEach(this::addLoss);
    return new VolumeListing(volumes, table.type());
  }

  /** A stand-in for partitions that a damaged table no longer names: they were not read. */
  private void addLoss(String reason) {
    volumes.add(place(disk, "lost", "lost", null).unreadable(reason));
  }

  private BlockDevice deviceOf(ByteRange range, String name) throws IOException {
    if (range.end() <= disk.sizeBytes()) {
      return new SliceDevice(disk, range, name);
    }
    anomalies.add(
        new CorruptImageException(
            VolumeFault.TRUNCATED,
            disk.imageOffset(disk.sizeBytes()),
            name,
            "it should reach to " + range.end()));
    return new TruncatedDevice(disk, range, name);
  }

  private void noteOverlaps(List<Partition> partitions) {
    List<Partition> sorted = new ArrayList<>(partitions);
    sorted.sort(Comparator.comparing(Partition::range));
    long end = 0;
    for (Partition partition : sorted) {
      if (partition.range().offset() < end) {
        note(VolumeFault.PARTITION_OVERLAP, partition.range().offset());
      }
      end = Math.max(end, partition.range().end());
    }
  }

  private void note(VolumeFault fault, long offset) {
    anomalies.add(new Anomaly(fault.code(), fault.summary(), disk.imageOffset(offset)));
  }
}
