package io.amivet.erofs;

import io.amivet.block.StructView;
import java.io.IOException;

/**
 * The index of a compressed file: for each logical cluster whether a compressed extent starts in
 * it, and if so where in it and where it is stored. Either eight bytes each ({@code
 * z_erofs_lcluster_index}), or packed into two or four, with one block address for each pack.
 *
 * <p>The distances that lead back to the start of an extent are not needed: the index is read from
 * front to back.
 */
final class ClusterIndex {
  /** Values of the type field: uncompressed, compressed, continued, compressed the other way. */
  static final int PLAIN = 0;

  static final int HEAD1 = 1;
  static final int NONHEAD = 2;
  static final int HEAD2 = 3;

  static final int NO_COUNT = -1;

  private static final int FULL_ENTRY_BYTES = 8;
  private static final int FULL_RESERVED_BYTES = 8;

  /** {@code Z_EROFS_LI_D0_CBLKCNT}: the value is not a distance, but the length of the extent. */
  private static final int BLOCK_COUNT = 1 << 11;

  private static final int MAX_CLUSTER_BITS_IN_4B = 14;
  private static final int MAX_CLUSTER_BITS_IN_2B = 12;
  private static final int PACK_OF_4B = 2;
  private static final int PACK_OF_2B = 16;

  private final Metadata metadata;
  private final MapHeader header;
  private final boolean full;
  private final long count;
  private final long initial4b;
  private final long compacted2b;

  /**
   * What one logical cluster says.
   *
   * @param blockCount how many blocks the extent takes that started in the cluster before; {@link
   *     #NO_COUNT} if that is not said
   */
  record Entry(int type, int offset, long block, int blockCount) {
    boolean isHead() {
      return type != NONHEAD;
    }
  }

  private long packStart = -1;
  private Entry[] pack = new Entry[0];

  /**
   * @param count logical clusters in the file
   */
  ClusterIndex(Metadata metadata, MapHeader header, boolean full, long count) throws IOException {
    this.metadata = metadata;
    this.header = header;
    this.full = full;
    this.count = count;
    // Packs of 2-byte entries are aligned to 32 bytes; entries of four bytes fill the gap.
    long gap = (32 - header.end() % 32) / 4 % 8;
    boolean has2b = header.compacted2b() && gap < count;
    this.initial4b = has2b ? gap : count;
    this.compacted2b = has2b ? (count - gap) / PACK_OF_2B * PACK_OF_2B : 0;
    if (count > metadata.volume.sizeBytes()
        || !metadata.holds(header.end(), end() - header.end())) {
      throw metadata.corrupt(
          ErofsFault.INDEX_RANGE, header.end(), "cluster index", count + " clusters");
    }
  }

  /** First byte behind the index: where an inline cluster lies. */
  long end() {
    if (full) {
      return header.end() + FULL_RESERVED_BYTES + count * FULL_ENTRY_BYTES;
    }
    long last = position(count - 1);
    int packBytes = packBytes(count - 1);
    return last / packBytes * packBytes + packBytes;
  }

  private boolean in2b(long number) {
    return number >= initial4b && number < initial4b + compacted2b;
  }

  private int packBytes(long number) {
    return in2b(number) ? 2 * PACK_OF_2B : 4 * PACK_OF_4B;
  }

  private long position(long number) {
    long start = header.end();
    if (number < initial4b) {
      return start + number * 4;
    }
    long past4b = number - initial4b;
    return past4b < compacted2b
        ? start + initial4b * 4 + past4b * 2
        : start + initial4b * 4 + compacted2b * 2 + (past4b - compacted2b) * 4;
  }

  Entry entry(long number) throws IOException {
    return full ? fullEntry(number) : compactEntry(number);
  }

  private Entry fullEntry(long number) throws IOException {
    long position = header.end() + FULL_RESERVED_BYTES + number * FULL_ENTRY_BYTES;
    StructView di =
        metadata.at("z_erofs_lcluster_index", position, FULL_ENTRY_BYTES, ErofsFault.INDEX_RANGE);
    int type = di.u16le(0) & 3;
    if (type == NONHEAD) {
      return new Entry(type, 0, 0, blockCount(di.u16le(4), position));
    }
    int di_clusterofs = di.u16le(2);
    if (di_clusterofs >= 1 << header.clusterBits()) {
      throw di.corrupt(ErofsFault.INDEX_TYPE, 2, "offset " + di_clusterofs);
    }
    return new Entry(type, di_clusterofs, di.u32le(4), NO_COUNT);
  }

  private int blockCount(int value, long position) throws IOException {
    if ((value & BLOCK_COUNT) == 0) {
      return NO_COUNT;
    }
    // None for a tail that is stored elsewhere.
    int blocks = value & (BLOCK_COUNT - 1);
    if (!header.bigClusters()) {
      throw metadata.corrupt(
          ErofsFault.INDEX_TYPE, position, "cluster index", "length of " + blocks + " blocks");
    }
    return blocks;
  }

  private Entry compactEntry(long number) throws IOException {
    int packBytes = packBytes(number);
    long position = position(number);
    long start = position / packBytes * packBytes;
    if (start != packStart) {
      pack = unpack(start, packBytes);
      packStart = start;
    }
    int entryBytes = packBytes == 2 * PACK_OF_2B ? 2 : 4;
    return pack[(int) (position - start) / entryBytes];
  }

  private Entry[] unpack(long start, int packBytes) throws IOException {
    boolean small = packBytes == 2 * PACK_OF_2B;
    int most = small ? MAX_CLUSTER_BITS_IN_2B : MAX_CLUSTER_BITS_IN_4B;
    if (header.clusterBits() > most) {
      throw metadata.corrupt(
          ErofsFault.INDEX_TYPE, start, "cluster index", header.clusterBits() + " bits");
    }
    StructView raw = metadata.at("z_erofs_index_pack", start, packBytes, ErofsFault.INDEX_RANGE);
    int entries = small ? PACK_OF_2B : PACK_OF_4B;
    int encodedBits = (packBytes - 4) * 8 / entries;
    int lowBits = Math.max(header.clusterBits(), 12);
    Entry[] out = new Entry[entries];
    long block = raw.u32le(packBytes - 4);
    for (int i = entries - 1; i >= 0; i--) {
      int bit = i * encodedBits;
      int value = raw.i32le(bit / 8) >>> (bit & 7);
      int low = value & ((1 << lowBits) - 1);
      int type = (value >>> lowBits) & 3;
      out[i] =
          type == NONHEAD
              ? new Entry(type, 0, 0, blockCount(low, start))
              : new Entry(type, low & ((1 << header.clusterBits()) - 1), 0, NO_COUNT);
    }
    return withBlocks(out, block);
  }

  /**
   * The extents of a pack follow one another on the volume. With one block for each, the address is
   * that of the block before the first.
   */
  private Entry[] withBlocks(Entry[] entries, long base) {
    long block = header.bigClusters() ? base : base + 1;
    for (int i = 0; i < entries.length; i++) {
      Entry entry = entries[i];
      if (entry.isHead()) {
        entries[i] = new Entry(entry.type(), entry.offset(), block, NO_COUNT);
        boolean counted = i + 1 < entries.length && entries[i + 1].blockCount() != NO_COUNT;
        block += counted ? 0 : 1;
      } else {
        block += Math.max(0, entry.blockCount());
      }
    }
    return entries;
  }
}
