package io.amivet.volume.lvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.volume.lvm.ConfigParser.SyntaxException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;

/**
 * A metadata area: {@code mda_header} of {@code lib/format_text/layout.h} in its first sector, and
 * behind it a ring of the texts of the group, newest last.
 */
final class MetadataArea {
  static final int MAX_TEXT_BYTES = 16 << 20;
  private static final int HEADER_BYTES = 512;
  private static final byte[] FMTT_MAGIC = {
    ' ', 'L', 'V', 'M', '2', ' ', 'x', '[', '5', 'A', '%', 'r', '0', 'N', '*', '>'
  };
  private static final int RAW_LOCN_AT = 40;

  /** What an area says of its group. */
  sealed interface Content permits Unused, Damaged, Group {}

  /** The volume belongs to no group. */
  record Unused() implements Content {}

  /** It cannot be told. */
  record Damaged() implements Content {}

  /**
   * @param current false if it is a text from before, because the newest is damaged
   */
  record Group(GroupText text, boolean current) implements Content {}

  private final BlockDevice device;
  private final ByteRange area;
  private final AnomalyLog anomalies;

  MetadataArea(BlockDevice device, ByteRange area, AnomalyLog anomalies) {
    this.device = device;
    this.area = area;
    this.anomalies = anomalies;
  }

  Content read() throws IOException {
    try {
      StructView header = header();
      return current(header);
    } catch (CorruptImageException e) {
      anomalies.add(e);
    }
    Optional<GroupText> older = new TextSalvage(device, area).newest();
    return older.isPresent() ? new Group(older.get(), false) : new Damaged();
  }

  private StructView header() throws IOException {
    if (area.offset() > device.sizeBytes() - HEADER_BYTES) {
      throw new CorruptImageException(
          LvmFault.MDA_RANGE, device.imageOffset(0), "pv_header", "area " + area);
    }
    StructView header = device.struct("mda_header", area.offset(), HEADER_BYTES);
    if (!Arrays.equals(header.bytes(4, FMTT_MAGIC.length), FMTT_MAGIC)) {
      throw header.corrupt(LvmFault.MDA_MAGIC, 4, "");
    }
    if (LvmChecksum.of(header.segment().asSlice(4)) != header.u32le(0)) {
      throw header.corrupt(LvmFault.MDA_CRC, 0, "");
    }
    return header;
  }

  private Content current(StructView header) throws IOException {
    long size = header.u64le(32);
    long offset = header.u64le(RAW_LOCN_AT);
    long text_size = header.u64le(RAW_LOCN_AT + 8);
    if (offset == 0) {
      return new Unused();
    }
    boolean inside =
        offset >= HEADER_BYTES
            && offset < size
            && text_size > 0
            && text_size <= Math.min(MAX_TEXT_BYTES, size - HEADER_BYTES)
            && size <= device.sizeBytes() - area.offset();
    if (!inside) {
      throw header.corrupt(
          LvmFault.MDA_RANGE, RAW_LOCN_AT, text_size + " bytes at " + offset + " of " + size);
    }
    byte[] text = ring(offset, (int) text_size, size);
    if (LvmChecksum.of(MemorySegment.ofArray(text)) != header.u32le(RAW_LOCN_AT + 16)) {
      throw header.corrupt(LvmFault.TEXT_CRC, RAW_LOCN_AT + 16, "text at " + offset);
    }
    try {
      return new Group(GroupText.parse(new String(text, UTF_8)), true);
    } catch (SyntaxException e) {
      throw header.corrupt(LvmFault.TEXT_SYNTAX, RAW_LOCN_AT, String.valueOf(e.getMessage()));
    }
  }

  /** The text may go on behind the header once it reaches the end of the area. */
  private byte[] ring(long offset, int lengthBytes, long size) throws IOException {
    byte[] text = new byte[lengthBytes];
    int first = (int) Math.min(lengthBytes, size - offset);
    device.read(area.offset() + offset, MemorySegment.ofArray(text).asSlice(0, first));
    if (first < lengthBytes) {
      device.read(area.offset() + HEADER_BYTES, MemorySegment.ofArray(text).asSlice(first));
    }
    return text;
  }
}
