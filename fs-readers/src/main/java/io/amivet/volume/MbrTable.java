package io.amivet.volume;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A DOS partition table with its logical partitions ({@code struct msdos_partition} of {@code
 * linux/msdos_partition.h}, {@code block/partitions/msdos.c}). CHS addresses are ignored, as Linux
 * does. Tables nested inside a partition (BSD, Solaris) are not read.
 *
 * @param diskSignature the 32 bits that Linux calls the disk id, {@code deadbeef}
 */
public record MbrTable(String diskSignature, List<Partition> partitions, List<String> losses)
    implements PartitionTable {
  static final int BOOT_SIGNATURE = 0xaa55;
  static final int BOOT_RECORD_BYTES = 512;
  static final int ENTRIES_AT = 0x1be;
  static final int ENTRY_BYTES = 16;
  private static final int SLOTS = 4;
  private static final int PROTECTIVE = 0xee;
  private static final int FIRST_LOGICAL = 5;

  public MbrTable {
    partitions = List.copyOf(partitions);
    losses = List.copyOf(losses);
  }

  @Override
  public String type() {
    return "mbr";
  }

  /** One of the four slots of a boot record. */
  record Slot(int status, int id, long start, long sectors) {

    static List<Slot> all(StructView bootRecord) {
      List<Slot> slots = new ArrayList<>();
      for (int i = 0; i < SLOTS; i++) {
        StructView entry = bootRecord.slice("msdos_partition", ENTRIES_AT + i * 16, ENTRY_BYTES);
        slots.add(new Slot(entry.u8(0), entry.u8(4), entry.u32le(8), entry.u32le(12)));
      }
      return slots;
    }

    boolean used() {
      return id != 0 && sectors != 0;
    }

    boolean extended() {
      return used() && PartitionKind.isExtended(id);
    }

    boolean plausible() {
      return (status & 0x7f) == 0 && (!used() || start != 0);
    }
  }

  /** The four slots, if the device starts with a boot record that can be a partition table. */
  static Optional<List<Slot>> slots(BlockDevice device) throws IOException {
    if (device.sizeBytes() < BOOT_RECORD_BYTES) {
      return Optional.empty();
    }
    StructView record = device.struct("msdos_partition", 0, BOOT_RECORD_BYTES);
    List<Slot> slots = Slot.all(record);
    boolean table =
        record.u16le(0x1fe) == BOOT_SIGNATURE
            && slots.stream().allMatch(Slot::plausible)
            && slots.stream().anyMatch(Slot::used);
    return table ? Optional.of(slots) : Optional.empty();
  }

  static boolean isProtective(List<Slot> slots) {
    return slots.stream().anyMatch(slot -> slot.id() == PROTECTIVE);
  }

  /**
   * Where the protective slot ends: on the disk that the table was made for, this is where its
   * backup GPT lies, wherever the image ends. -1 if that disk was too large to say.
   */
  static long protectedEnd(List<Slot> slots) {
    for (Slot slot : slots) {
      if (slot.id() == PROTECTIVE && slot.sectors() > 0 && slot.sectors() != 0xffff_ffffL) {
        return slot.start() + slot.sectors() - 1;
      }
    }
    return -1;
  }

  /** Whether real partitions stand beside the protective one. */
  static boolean isHybrid(List<Slot> slots) {
    return slots.stream().anyMatch(slot -> slot.used() && slot.id() != PROTECTIVE);
  }

  /** Reads the logical partitions and puts the table together. */
  static MbrTable read(BlockDevice device, List<Slot> slots, AnomalyLog anomalies)
      throws IOException {
    int sectorBytes = device.logicalSectorBytes();
    StructView record = device.struct("msdos_partition", 0, BOOT_RECORD_BYTES);
    String signature = String.format(Locale.ROOT, "%08x", record.u32le(0x1b8));
    List<Partition> partitions = new ArrayList<>();
    List<String> losses = new ArrayList<>();
    int logical = FIRST_LOGICAL;
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      if (slot.used() && !slot.extended() && slot.id() != PROTECTIVE) {
        partitions.add(partition(i + 1, slot, slot.start(), sectorBytes, signature));
      }
    }
    for (Slot slot : slots) {
      if (slot.extended()) {
        ExtendedChain chain = ExtendedChain.read(device, slot, sectorBytes, anomalies);
        for (ExtendedChain.Logical found : chain.logicals()) {
          partitions.add(partition(logical++, found.slot(), found.start(), sectorBytes, signature));
        }
        losses.addAll(chain.losses());
      }
    }
    return new MbrTable(signature, partitions, losses);
  }

  private static Partition partition(
      int number, Slot slot, long start, int sectorBytes, String signature) {
    // 32-bit sectors, each at most three of them added: far from overflow.
    ByteRange range = new ByteRange(start * sectorBytes, slot.sectors() * sectorBytes);
    String uuid = String.format(Locale.ROOT, "%s-%02x", signature, number);
    return new Partition(number, range, PartitionKind.ofMbrId(slot.id()), "", uuid);
  }
}
