package io.amivet.btrfs;

import io.amivet.block.Anomaly;
import io.amivet.block.ByteRange;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What no extent of the extent tree uses. Space that belongs to no chunk is free as well, but for
 * the first mebibyte, which btrfs leaves to boot loaders, and the superblocks.
 */
final class FreeSpace implements TreeReader.ItemVisitor {
  /** {@code BTRFS_DEVICE_RANGE_RESERVED}. */
  private static final long RESERVED_BYTES = 1 << 20;

  /** {@code BTRFS_STRIPE_LEN}: around each superblock so much is never given out. */
  private static final long SUPERBLOCK_BYTES = 64 << 10;

  /** Bounds memory. */
  private static final int MAX_RANGES = 8_000_000;

  private final FileSystem fs;
  private final List<ByteRange> used = new ArrayList<>();

  /** Chunks that cannot be mapped, or of which parts of the tree are lost, are used wholly. */
  private final List<Chunk> chunks;

  private int at;

  private FreeSpace(FileSystem fs) {
    this.fs = fs;
    this.chunks = List.copyOf(fs.chunks().all());
  }

  static List<ByteRange> read(FileSystem fs) throws IOException {
    Optional<TreeRoot> extents = fs.roots().tree(TreeId.EXTENT);
    if (extents.isEmpty()) {
      fs.anomalies().add(new Anomaly(BtrfsFault.FREE_SPACE.code(), "no extent tree", -1));
      return List.of();
    }
    FreeSpace space = new FreeSpace(fs);
    space.reserve();
    fs.trees().scan(extents.get(), Key.FIRST, Key.LAST, space);
    if (space.used.size() >= MAX_RANGES) {
      fs.anomalies().add(new Anomaly(BtrfsFault.FREE_SPACE.code(), "too many extents", -1));
      return List.of();
    }
    return space.complement();
  }

  private void reserve() {
    used.add(new ByteRange(0, RESERVED_BYTES));
    for (long offset : SuperblockSearch.OFFSETS) {
      used.add(new ByteRange(offset, SUPERBLOCK_BYTES));
    }
    for (Chunk chunk : chunks) {
      if (!chunk.isMirrored()) {
        for (long copy : fs.chunks().copiesOf(chunk)) {
          used.add(new ByteRange(copy, Math.min(chunk.lengthBytes(), Long.MAX_VALUE - copy)));
        }
      }
    }
  }

  @Override
  public boolean item(Key key, StructView data) {
    if (key.type() == ItemType.EXTENT_ITEM) {
      use(key.objectId(), key.offset());
    } else if (key.type() == ItemType.METADATA_ITEM) {
      use(key.objectId(), fs.superblock().nodeBytes());
    }
    return used.size() < MAX_RANGES;
  }

  @Override
  public void lost(Key first, Key end) {
    long from = Math.max(0, first.objectId());
    long to = end.objectId() < 0 ? Long.MAX_VALUE : end.objectId();
    for (Chunk chunk : chunks) {
      long start = Math.max(from, chunk.start());
      long stop = Math.min(to, chunk.end());
      if (start < stop) {
        use(chunk, start, stop);
      }
    }
  }

  /** Extents ascend, so their chunk is that of the one before or a later one. */
  private void use(long address, long lengthBytes) {
    if (address < 0 || lengthBytes <= 0) {
      return;
    }
    while (at < chunks.size() && chunks.get(at).end() <= address) {
      at++;
    }
    if (at < chunks.size() && chunks.get(at).start() <= address) {
      Chunk chunk = chunks.get(at);
      long end = lengthBytes > chunk.end() - address ? chunk.end() : address + lengthBytes;
      use(chunk, address, end);
    }
  }

  private void use(Chunk chunk, long start, long end) {
    if (!chunk.isMirrored()) {
      return;
    }
    for (long copy : fs.chunks().copiesOf(chunk)) {
      used.add(new ByteRange(copy + (start - chunk.start()), end - start));
    }
  }

  private List<ByteRange> complement() {
    used.sort(Comparator.comparingLong(ByteRange::offset));
    long sizeBytes = Math.min(fs.superblock().deviceBytes(), fs.volume().sizeBytes());
    List<ByteRange> free = new ArrayList<>();
    long from = 0;
    for (ByteRange range : used) {
      long to = Math.min(range.offset(), sizeBytes);
      if (to > from) {
        free.add(new ByteRange(from, to - from));
      }
      from = Math.max(from, range.end());
    }
    if (from < sizeBytes) {
      free.add(new ByteRange(from, sizeBytes - from));
    }
    return free;
  }
}
