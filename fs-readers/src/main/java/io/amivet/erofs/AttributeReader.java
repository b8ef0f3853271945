package io.amivet.erofs;

import io.amivet.block.StructView;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileContent;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Extended attributes: those of the inode alone follow it, those that several share lie elsewhere
 * and are named by number.
 */
final class AttributeReader {
  private static final int HEADER_BYTES = 12;
  private static final int ENTRY_BYTES = 4;
  private static final int LONG_PREFIX = 0x80;

  /** In {@code feature_compat}: the long prefixes are not in the packed inode. */
  private static final int PLAIN_PREFIXES = 0x10;

  /** {@code EROFS_XATTR_INDEX_*}, by number. */
  private static final String[] PREFIXES = {
    "",
    "user.",
    "system.posix_acl_access",
    "system.posix_acl_default",
    "trusted.",
    "lustre.",
    "security."
  };

  private final Metadata metadata;
  private final ClusterContents.PackedInode packed;
  private @Nullable List<String> longPrefixes;

  AttributeReader(Metadata metadata, ClusterContents.PackedInode packed) {
    this.metadata = metadata;
    this.packed = packed;
  }

  Map<String, byte[]> read(DiskInode disk) throws IOException {
    Map<String, byte[]> attributes = new TreeMap<>();
    if (disk.attributeBytes() == 0) {
      return attributes;
    }
    long start = disk.position() + disk.sizeBytes();
    StructView body =
        metadata.at(
            "erofs_xattr_ibody_header", start, disk.attributeBytes(), ErofsFault.ATTRIBUTE_ENTRY);
    int h_shared_count = body.u8(4);
    int at = HEADER_BYTES + 4 * h_shared_count;
    if (at > body.sizeBytes()) {
      throw body.corrupt(ErofsFault.ATTRIBUTE_ENTRY, 4, h_shared_count + " shared");
    }
    long shared = metadata.superblock.attributeBlock() << metadata.superblock.blockBits();
    for (int i = 0; i < h_shared_count; i++) {
      long id = body.u32le(HEADER_BYTES + 4 * i);
      readEntry(shared + id * 4, Long.MAX_VALUE, attributes);
    }
    while (at + ENTRY_BYTES <= body.sizeBytes()) {
      at += readEntry(start + at, start + body.sizeBytes(), attributes);
    }
    return attributes;
  }

  /** Reads the entry at a position and returns its length with its padding. */
  private int readEntry(long position, long end, Map<String, byte[]> attributes)
      throws IOException {
    StructView head =
        metadata.at("erofs_xattr_entry", position, ENTRY_BYTES, ErofsFault.ATTRIBUTE_ENTRY);
    int e_name_len = head.u8(0);
    int e_name_index = head.u8(1);
    int e_value_size = head.u16le(2);
    int length = ENTRY_BYTES + e_name_len + e_value_size;
    if (length > end - position) {
      throw head.corrupt(ErofsFault.ATTRIBUTE_ENTRY, 0, length + " bytes");
    }
    StructView entry =
        metadata.at("erofs_xattr_entry", position, length, ErofsFault.ATTRIBUTE_ENTRY);
    byte[] suffix = entry.bytes(ENTRY_BYTES, e_name_len);
    String name = prefix(entry, e_name_index) + new String(suffix, StandardCharsets.UTF_8);
    if (!name.isEmpty()) {
      attributes.put(name, entry.bytes(ENTRY_BYTES + e_name_len, e_value_size));
    }
    return (length + 3) & ~3;
  }

  private String prefix(StructView entry, int index) throws IOException {
    if ((index & LONG_PREFIX) == 0) {
      if (index >= PREFIXES.length) {
        throw entry.corrupt(ErofsFault.ATTRIBUTE_ENTRY, 1, "name index " + index);
      }
      return PREFIXES[index];
    }
    List<String> known = longPrefixes();
    int number = index & ~LONG_PREFIX;
    if (number >= known.size()) {
      throw entry.corrupt(ErofsFault.ATTRIBUTE_PREFIX, 1, number + " of " + known.size());
    }
    return known.get(number);
  }

  private synchronized List<String> longPrefixes() throws IOException {
    if (longPrefixes == null) {
      longPrefixes = readLongPrefixes();
    }
    return longPrefixes;
  }

  /** Each is two bytes of length, the number of a short prefix, and what comes after that. */
  private List<String> readLongPrefixes() throws IOException {
    List<String> prefixes = new ArrayList<>();
    long position = metadata.superblock.prefixStart() * 4;
    boolean inPacked =
        metadata.superblock.packedNid() != 0
            && (metadata.superblock.compat() & PLAIN_PREFIXES) == 0;
    for (int i = 0; i < metadata.superblock.prefixCount(); i++) {
      byte[] lengthField = prefixBytes(inPacked, position, 2);
      int length = (lengthField[0] & 0xff) | ((lengthField[1] & 0xff) << 8);
      byte[] bytes = prefixBytes(inPacked, position + 2, length);
      if (length == 0 || bytes[0] < 0 || bytes[0] >= PREFIXES.length) {
        throw metadata.corrupt(ErofsFault.ATTRIBUTE_PREFIX, position, "prefix", "");
      }
      prefixes.add(PREFIXES[bytes[0]] + new String(bytes, 1, length - 1, StandardCharsets.UTF_8));
      position = (position + 2 + length + 3) & -4;
    }
    return prefixes;
  }

  private byte[] prefixBytes(boolean inPacked, long position, int length) throws IOException {
    if (!inPacked) {
      return metadata
          .at("erofs_xattr_long_prefix", position, length, ErofsFault.ATTRIBUTE_PREFIX)
          .bytes(0, length);
    }
    FileContent content = packed.content();
    if (position > content.sizeBytes() - length) {
      throw metadata.corrupt(ErofsFault.ATTRIBUTE_PREFIX, 0, "packed inode", "at " + position);
    }
    byte[] bytes = new byte[length];
    new ContentReader(metadata.volume, content).read(position, MemorySegment.ofArray(bytes));
    return bytes;
  }
}
