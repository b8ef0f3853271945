package io.amivet.volume.lvm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The label of a physical volume: {@code label_header} and {@code pv_header} of LVM2's {@code
 * lib/format_text/layout.h}, in one of the first four sectors. The extension with boot loader areas
 * is not read.
 *
 * @param uuid 32 characters, without dashes
 * @param metadataAreas where the group's text lies; may be empty
 */
record PvLabel(String uuid, List<ByteRange> metadataAreas) {
  static final int LABEL_SCAN_SECTORS = 4;
  static final int SECTOR_BYTES = 512;
  private static final byte[] LABEL_ID = "LABELONE".getBytes(ISO_8859_1);
  private static final byte[] LVM2_LABEL = "LVM2 001".getBytes(ISO_8859_1);
  private static final int CRC_FROM = 20;
  private static final int ID_BYTES = 32;

  PvLabel {
    metadataAreas = List.copyOf(metadataAreas);
  }

  /**
   * Finds the label. One whose checksum fails is used, with an anomaly, if no other is found.
   *
   * @return empty if the device carries none
   */
  static Optional<PvLabel> find(BlockDevice device, AnomalyLog anomalies) throws IOException {
    CorruptImageException damage = null;
    Optional<PvLabel> damaged = Optional.empty();
    for (int sector = 0; sector < LABEL_SCAN_SECTORS; sector++) {
      long offset = (long) sector * SECTOR_BYTES;
      if (offset > device.sizeBytes() - SECTOR_BYTES) {
        break;
      }
      StructView label = device.struct("label_header", offset, SECTOR_BYTES);
      if (!isLabel(label, sector)) {
        continue;
      }
      try {
        PvLabel parsed = parse(label);
        if (LvmChecksum.of(label.segment().asSlice(CRC_FROM)) == label.u32le(0x10)) {
          return Optional.of(parsed);
        }
        damage = label.corrupt(LvmFault.LABEL_CRC, 0x10, "");
        damaged = Optional.of(parsed);
      } catch (CorruptImageException e) {
        damage = e;
      }
    }
    if (damage != null) {
      anomalies.add(damage);
    }
    return damaged;
  }

  private static boolean isLabel(StructView label, int sector) {
    return Arrays.equals(label.bytes(0, 8), LABEL_ID)
        && label.u64le(8) == sector
        && Arrays.equals(label.bytes(24, 8), LVM2_LABEL);
  }

  private static PvLabel parse(StructView label) throws CorruptImageException {
    long pv_header_at = label.u32le(0x14);
    if (!label.holds(pv_header_at, ID_BYTES + 8)) {
      throw label.corrupt(LvmFault.LABEL_SHAPE, 0x14, "header at " + pv_header_at);
    }
    int at = (int) pv_header_at;
    String uuid = new String(label.bytes(at, ID_BYTES), ISO_8859_1);
    at += ID_BYTES + 8; // the size of the device is in the metadata too
    at = areas(label, at, new ArrayList<>());
    List<ByteRange> metadata = new ArrayList<>();
    areas(label, at, metadata);
    return new PvLabel(uuid, metadata);
  }

  /** Reads a list of {@code disk_locn} up to the empty one that ends it. */
  private static int areas(StructView label, int from, List<ByteRange> areas)
      throws CorruptImageException {
    for (int at = from; label.holds(at, 16); at += 16) {
      long offset = label.u64le(at);
      long size = label.u64le(at + 8);
      if (offset == 0) {
        return at + 16;
      }
      if (offset < 0 || size < 0 || offset + size < 0) {
        throw label.corrupt(LvmFault.LABEL_SHAPE, at, "area at " + offset);
      }
      areas.add(new ByteRange(offset, size));
    }
    throw label.corrupt(LvmFault.LABEL_SHAPE, from, "list of areas without an end");
  }

  /** A uuid as LVM2 shows it. */
  static String dashed(String id) {
    if (id.length() != ID_BYTES) {
      return id;
    }
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (int length : new int[] {6, 4, 4, 4, 4, 4, 6}) {
      text.append(at == 0 ? "" : "-").append(id, at, at + length);
      at += length;
    }
    return text.toString();
  }
}
