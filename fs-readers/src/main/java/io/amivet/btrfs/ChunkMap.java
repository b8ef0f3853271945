package io.amivet.btrfs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The way from logical addresses to those of the one device that is read. The first chunks stand in
 * the superblock, so that the tree that holds all of them can be read.
 */
final class ChunkMap {
  /** Bounds memory; chunks are a gibibyte each as a rule. */
  private static final int MAX_CHUNKS = 1 << 20;

  private final BlockDevice volume;
  private final long deviceId;
  private final NavigableMap<Long, Chunk> chunks = new TreeMap<>();

  private ChunkMap(BlockDevice volume, long deviceId) {
    this.volume = volume;
    this.deviceId = deviceId;
  }

  /** What the superblock alone says. */
  static ChunkMap ofSystemChunks(BlockDevice volume, Superblock superblock) throws IOException {
    ChunkMap map = new ChunkMap(volume, superblock.deviceId());
    StructView array = superblock.systemChunks();
    int at = 0;
    while (array.holds(at, Key.SIZE_BYTES + Chunk.HEADER_BYTES)) {
      int item = at + Key.SIZE_BYTES;
      int length = Chunk.HEADER_BYTES + array.u16le(item + 44) * Chunk.STRIPE_BYTES;
      if (array.u8(at + 8) != ItemType.CHUNK_ITEM || !array.holds(item, length)) {
        throw array.corrupt(BtrfsFault.SYSTEM_CHUNKS, at, "");
      }
      StructView chunk = array.slice("btrfs_chunk", item, length);
      map.add(Chunk.parse(array.u64le(at + 9), chunk), chunk);
      at = item + length;
    }
    return map;
  }

  /** Adds what the chunk tree says; a damaged chunk costs itself alone. */
  void addTree(TreeReader trees, TreeRoot chunkRoot, AnomalyLog anomalies) throws IOException {
    trees.scan(
        chunkRoot,
        Key.FIRST,
        Key.LAST,
        (key, item) -> {
          if (key.type() == ItemType.CHUNK_ITEM) {
            try {
              add(Chunk.parse(key.offset(), item), item);
            } catch (CorruptImageException e) {
              anomalies.add(e);
            }
          }
          return true;
        });
  }

  private void add(Chunk chunk, StructView item) throws IOException {
    Map.Entry<Long, Chunk> before = chunks.lowerEntry(chunk.end());
    if (before != null && before.getValue().equals(chunk)) {
      return;
    }
    if (before != null && before.getValue().end() > chunk.start()) {
      throw item.corrupt(BtrfsFault.CHUNK_OVERLAP, 0, "at " + chunk.start());
    }
    if (chunks.size() >= MAX_CHUNKS) {
      throw item.corrupt(BtrfsFault.CHUNK_LIMIT, 0, "");
    }
    chunks.put(chunk.start(), chunk);
  }

  Collection<Chunk> all() {
    return chunks.values();
  }

  /** Where the copies of a chunk start on this device. */
  long[] copiesOf(Chunk chunk) {
    return chunk.stripes().stream()
        .filter(stripe -> stripe.deviceId() == deviceId)
        .mapToLong(Chunk.Stripe::offset)
        .toArray();
  }

  /**
   * Where the copies of a logical range are on this device, at least one.
   *
   * @throws CorruptImageException if no chunk holds the range
   * @throws UnsupportedFeatureException if it takes other devices to read it
   */
  long[] locate(long address, long lengthBytes) throws IOException {
    Map.Entry<Long, Chunk> entry = address < 0 ? null : chunks.floorEntry(address);
    if (entry == null || lengthBytes > entry.getValue().end() - address) {
      throw new CorruptImageException(
          BtrfsFault.ADDRESS, -1, "btrfs_chunk", Long.toUnsignedString(address));
    }
    Chunk chunk = entry.getValue();
    long[] copies = chunk.isMirrored() ? copiesOf(chunk) : new long[0];
    if (copies.length == 0) {
      throw new UnsupportedFeatureException("btrfs", List.of(chunk.describe()));
    }
    for (int i = 0; i < copies.length; i++) {
      copies[i] += address - chunk.start();
      if (copies[i] > volume.sizeBytes() - lengthBytes) {
        throw new CorruptImageException(
            BtrfsFault.ADDRESS_OUTSIDE, -1, "btrfs_chunk", Long.toUnsignedString(address));
      }
    }
    return copies;
  }
}
