package io.amivet.volume;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The linked list of boot records in an extended MBR partition. Each describes one logical
 * partition relative to itself, and the next record relative to the extended partition ({@code
 * parse_extended} in {@code block/partitions/msdos.c}).
 *
 * @param losses why the chain was left before its end; empty if it was not
 */
record ExtendedChain(List<Logical> logicals, List<String> losses) {
  /** {@code DISK_MAX_PARTS} of {@code linux/genhd.h}. */
  static final int MAX_RECORDS = 256;

  /**
   * A logical partition.
   *
   * @param start first sector, from the start of the disk
   */
  record Logical(MbrTable.Slot slot, long start) {}

  static ExtendedChain read(
      BlockDevice device, MbrTable.Slot extended, int sectorBytes, AnomalyLog anomalies)
      throws IOException {
    List<Logical> logicals = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    long at = extended.start();
    while (true) {
      long offset = at * sectorBytes;
      VolumeFault fault = faultBefore(device, extended, at, offset, seen);
      if (fault != null) {
        return cut(device, offset, fault, logicals, anomalies);
      }
      StructView record = device.struct("msdos_partition", offset, MbrTable.BOOT_RECORD_BYTES);
      if (record.u16le(0x1fe) != MbrTable.BOOT_SIGNATURE) {
        return cut(device, offset, VolumeFault.MBR_EXTENDED_SIGNATURE, logicals, anomalies);
      }
      long next = -1;
      for (MbrTable.Slot slot : MbrTable.Slot.all(record)) {
        if (slot.extended()) {
          next = next < 0 ? extended.start() + slot.start() : next;
        } else if (slot.used()) {
          logicals.add(new Logical(slot, at + slot.start()));
        }
      }
      if (next < 0) {
        return new ExtendedChain(logicals, List.of());
      }
      at = next;
    }
  }

  private static @Nullable VolumeFault faultBefore(
      BlockDevice device, MbrTable.Slot extended, long at, long offset, Set<Long> seen) {
    if (!seen.add(at)) {
      return VolumeFault.MBR_EXTENDED_LOOP;
    }
    if (seen.size() > MAX_RECORDS) {
      return VolumeFault.MBR_EXTENDED_LENGTH;
    }
    boolean inside =
        at < extended.start() + extended.sectors()
            && offset <= device.sizeBytes() - MbrTable.BOOT_RECORD_BYTES;
    return inside ? null : VolumeFault.MBR_EXTENDED_RANGE;
  }

  private static ExtendedChain cut(
      BlockDevice device,
      long offset,
      VolumeFault fault,
      List<Logical> logicals,
      AnomalyLog anomalies) {
    anomalies.add(
        new CorruptImageException(fault, device.imageOffset(offset), "msdos_partition", ""));
    return new ExtendedChain(logicals, List.of("extended partition: " + fault.summary()));
  }
}
