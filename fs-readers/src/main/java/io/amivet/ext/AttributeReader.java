package io.amivet.ext;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Extended attributes: behind the fields of the inode, in a block of their own, and with ea_inode
 * their values in further inodes ({@code ext4_xattr_header}, {@code ext4_xattr_ibody_header},
 * {@code ext4_xattr_entry} of {@code fs/ext4/xattr.h}). What is damaged is recorded and left out.
 */
final class AttributeReader {
  private static final int MAGIC = 0xea020000;
  private static final int IBODY_HEADER_BYTES = 4;
  private static final int BLOCK_HEADER_BYTES = 32;
  private static final int BLOCK_CHECKSUM_AT = 0x10;
  private static final int ENTRY_BYTES = 16;

  /** {@code XATTR_SIZE_MAX} of {@code linux/limits.h}. */
  private static final int MAX_VALUE_BYTES = 65536;

  /** Bounds what one hostile inode costs. */
  private static final int MAX_TOTAL_BYTES = 4 << 20;

  private static final int SYSTEM_INDEX = 7;
  private static final int ENCRYPTION_INDEX = 9;
  private static final byte[] INLINE_DATA_NAME = {'d', 'a', 't', 'a'};

  /** Reads the value of an attribute that is kept in another inode. */
  interface ValueInodes {
    byte[] read(long inodeNumber, int sizeBytes) throws IOException;
  }

  private final Blocks blocks;
  private final ValueInodes valueInodes;

  AttributeReader(Blocks blocks, ValueInodes valueInodes) {
    this.blocks = blocks;
    this.valueInodes = valueInodes;
  }

  /** One entry with where its value is stated to be. */
  private record Entry(
      int at, int nameIndex, byte[] name, int valueAt, long valueInode, long valueBytes) {}

  /** All attributes that a process could see. */
  Map<String, byte[]> all(DiskInode inode) throws IOException {
    Map<String, byte[]> found = new LinkedHashMap<>();
    StructView body = body(inode);
    if (body != null) {
      collect(body, IBODY_HEADER_BYTES, IBODY_HEADER_BYTES, found);
    }
    StructView block = attributeBlock(inode);
    if (block != null) {
      collect(block, BLOCK_HEADER_BYTES, 0, found);
    }
    return found;
  }

  /** The part of an inline file behind its first 60 bytes; null if there is none. */
  @Nullable StructView inlineData(DiskInode inode) throws CorruptImageException {
    StructView body = body(inode);
    if (body == null) {
      return null;
    }
    for (Entry entry : entries(body, IBODY_HEADER_BYTES)) {
      if (isInlineData(entry)) {
        return stored(body, entry, IBODY_HEADER_BYTES);
      }
    }
    return null;
  }

  private static boolean isInlineData(Entry entry) {
    return entry.nameIndex() == SYSTEM_INDEX && Arrays.equals(entry.name(), INLINE_DATA_NAME);
  }

  private @Nullable StructView body(DiskInode inode) {
    int at = DiskInode.GOOD_OLD_SIZE_BYTES + inode.extraSizeBytes();
    StructView slot = inode.struct();
    if (!slot.holds(at, IBODY_HEADER_BYTES) || slot.i32le(at) != MAGIC) {
      return null;
    }
    return slot.slice("ext4_xattr_ibody_header", at, slot.sizeBytes() - at);
  }

  private @Nullable StructView attributeBlock(DiskInode inode) throws IOException {
    if (inode.attributeBlock() == 0) {
      return null;
    }
    try {
      StructView block =
          blocks.block("ext4_xattr_header", inode.attributeBlock(), inode.struct(), 0x68);
      if (block.i32le(0x0) != MAGIC) {
        throw block.corrupt(ExtFault.XATTR_MAGIC, 0x0, "inode " + inode.number());
      }
      checkChecksum(block, inode);
      return block;
    } catch (CorruptImageException e) {
      blocks.anomalies().add(e);
      return null;
    }
  }

  private void checkChecksum(StructView block, DiskInode inode) {
    if (!blocks.checksums()) {
      return;
    }
    int expected =
        Crc32c.startingAt(blocks.superblock().checksumSeed())
            .u64(inode.attributeBlock())
            .bytes(block.segment(), 0, BLOCK_CHECKSUM_AT)
            .u32(0)
            .bytes(block.segment(), BLOCK_CHECKSUM_AT + Integer.BYTES, block.sizeBytes())
            .register();
    if (expected != block.i32le(BLOCK_CHECKSUM_AT)) {
      blocks
          .anomalies()
          .add(
              block.anomaly(ExtFault.XATTR_CHECKSUM, BLOCK_CHECKSUM_AT, "inode " + inode.number()));
    }
  }

  private void collect(StructView area, int firstAt, int valueBase, Map<String, byte[]> found)
      throws IOException {
    int total = 0;
    for (Entry entry : entries(area, firstAt)) {
      if (isInlineData(entry) || entry.nameIndex() == ENCRYPTION_INDEX) {
        continue;
      }
      try {
        byte[] value = value(area, entry, valueBase);
        total += value.length;
        if (total > MAX_TOTAL_BYTES) {
          throw area.corrupt(ExtFault.XATTR_VALUE, entry.at(), "too much in one inode");
        }
        found.putIfAbsent(AttributeName.of(entry.nameIndex(), entry.name()), value);
      } catch (CorruptImageException e) {
        blocks.anomalies().add(e);
      }
    }
  }

  private List<Entry> entries(StructView area, int firstAt) {
    List<Entry> entries = new ArrayList<>();
    int at = firstAt;
    while (area.holds(at, Integer.BYTES) && area.i32le(at) != 0) {
      int e_name_len = area.u8(at);
      if (!area.holds(at, ENTRY_BYTES) || !area.holds(at + ENTRY_BYTES, e_name_len)) {
        blocks.anomalies().add(area.anomaly(ExtFault.XATTR_ENTRY, at, "entry past the end"));
        break;
      }
      entries.add(
          new Entry(
              at,
              area.u8(at + 0x1),
              area.bytes(at + ENTRY_BYTES, e_name_len),
              area.u16le(at + 0x2),
              area.u32le(at + 0x4),
              area.u32le(at + 0x8)));
      at += ENTRY_BYTES + ((e_name_len + 3) & ~3);
    }
    return entries;
  }

  private byte[] value(StructView area, Entry entry, int valueBase) throws IOException {
    if (entry.valueInode() != 0 && blocks.superblock().has(Feature.EA_INODE)) {
      return valueInodes.read(entry.valueInode(), checkedSize(area, entry));
    }
    StructView value = stored(area, entry, valueBase);
    return value.bytes(0, value.sizeBytes());
  }

  private static StructView stored(StructView area, Entry entry, int valueBase)
      throws CorruptImageException {
    int size = checkedSize(area, entry);
    int at = size == 0 ? 0 : valueBase + entry.valueAt();
    if (!area.holds(at, size)) {
      throw area.corrupt(
          ExtFault.XATTR_VALUE, entry.at() + 0x2, size + " bytes at " + entry.valueAt());
    }
    return area.slice("extended attribute value", at, size);
  }

  private static int checkedSize(StructView area, Entry entry) throws CorruptImageException {
    if (entry.valueBytes() > MAX_VALUE_BYTES) {
      throw area.corrupt(ExtFault.XATTR_VALUE, entry.at() + 0x8, entry.valueBytes() + " bytes");
    }
    return (int) entry.valueBytes();
  }
}
