package io.amivet.squashfs;

import io.amivet.block.StructView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Extended attributes: {@code squashfs_xattr_id} leads to entries of a name and a value. */
final class AttributeReader {
  private static final int OUT_OF_LINE = 0x100;
  private static final String[] PREFIXES = {"user.", "trusted.", "security."};

  /** {@code XATTR_SIZE_MAX} and {@code XATTR_LIST_MAX} of {@code linux/limits.h}. */
  private static final int MAX_VALUE_BYTES = 1 << 16;

  private static final int MAX_NAME_BYTES = 255;

  /** A list of names of 64 KiB holds no more. */
  private static final int MAX_COUNT = 1 << 14;

  private static final int MAX_ALL_VALUES_BYTES = 4 << 20;

  private final Metadata metadata;
  private final LookupTable ids;
  private final long table;

  private AttributeReader(Metadata metadata, LookupTable ids, long table) {
    this.metadata = metadata;
    this.ids = ids;
    this.table = table;
  }

  static AttributeReader open(Metadata metadata) throws IOException {
    long header = metadata.superblock.attributeTable();
    if (header < 0 || header > metadata.end() - 16) {
      return new AttributeReader(metadata, new LookupTable(metadata, -1, 16, 0), 0);
    }
    byte[] raw = metadata.read(header, 16, SquashfsFault.ATTRIBUTE_INDEX);
    StructView fields =
        new StructView(
            metadata.volume, "squashfs_xattr_id_table", header, MemorySegment.ofArray(raw));
    LookupTable ids = new LookupTable(metadata, header + 16, 16, fields.u32le(8));
    return new AttributeReader(metadata, ids, fields.u64le(0));
  }

  Map<String, byte[]> read(long index) throws IOException {
    StructView id = ids.record("squashfs_xattr_id", index, SquashfsFault.ATTRIBUTE_INDEX);
    long count = id.u32le(8);
    if (count > MAX_COUNT) {
      throw id.corrupt(SquashfsFault.ATTRIBUTE_ENTRY, 8, count + " attributes");
    }
    Map<String, byte[]> attributes = new TreeMap<>();
    MetadataCursor cursor = metadata.at(table, id.u64le(0));
    long allBytes = 0;
    for (int i = 0; i < count; i++) {
      StructView entry = cursor.struct("squashfs_xattr_entry", 4);
      int type = entry.u16le(0);
      int size = entry.u16le(2);
      if (size > MAX_NAME_BYTES) {
        throw entry.corrupt(SquashfsFault.ATTRIBUTE_ENTRY, 2, "name of " + size + " bytes");
      }
      String name = new String(cursor.bytes(size), StandardCharsets.UTF_8);
      byte[] value = value(cursor);
      if ((type & OUT_OF_LINE) != 0) {
        value = elsewhere(entry, value);
      }
      allBytes += value.length;
      if (allBytes > MAX_ALL_VALUES_BYTES) {
        throw entry.corrupt(SquashfsFault.ATTRIBUTE_ENTRY, 0, "more than 4 MiB of values");
      }
      int prefix = type & 0xff;
      if (prefix < PREFIXES.length) {
        attributes.put(PREFIXES[prefix] + name, value);
      }
    }
    return attributes;
  }

  private static byte[] value(MetadataCursor cursor) throws IOException {
    int vsize = cursor.u32le();
    if (vsize < 0 || vsize > MAX_VALUE_BYTES) {
      throw cursor.corrupt(SquashfsFault.ATTRIBUTE_ENTRY, "squashfs_xattr_val", vsize + " bytes");
    }
    return cursor.bytes(vsize);
  }

  private byte[] elsewhere(StructView entry, byte[] reference) throws IOException {
    if (reference.length != 8) {
      throw entry.corrupt(SquashfsFault.ATTRIBUTE_ENTRY, 0, "bad reference to a value");
    }
    StructView pointer =
        new StructView(
            metadata.volume,
            "squashfs_xattr_val",
            entry.offset(),
            MemorySegment.ofArray(reference));
    return value(metadata.at(table, pointer.u64le(0)));
  }
}
