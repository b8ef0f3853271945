package io.amivet.erofs;

import io.amivet.block.ByteRange;
import io.amivet.block.StructView;
import io.amivet.compress.BlockCodec;
import io.amivet.compress.BlockStore;
import io.amivet.compress.DecodeException;
import io.amivet.fs.ContentReader;
import io.amivet.fs.EncodedExtent;
import io.amivet.fs.EncodedPieces;
import io.amivet.fs.FileContent;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The contents of compressed files: physical clusters, of which each holds a stretch of the file;
 * the last may lie behind the index, or in the packed inode that many files share.
 */
final class ClusterContents {
  /** {@code Z_EROFS_PCLUSTER_MAX_SIZE} and {@code Z_EROFS_PCLUSTER_MAX_DSIZE}. */
  private static final int MAX_STORED_BYTES = 1 << 20;

  private static final int MAX_DECODED_BYTES = 12 << 20;

  /** 4 GiB in clusters of one block, when nothing can be compressed. */
  private static final int MAX_CLUSTERS = 1 << 20;

  private static final int FRAGMENT_PIECE_BYTES = 1 << 18;
  private static final long KEPT_BYTES = 24 << 20;

  private final Metadata metadata;
  private final BlockStore kept = new BlockStore(KEPT_BYTES);

  ClusterContents(Metadata metadata) {
    this.metadata = metadata;
  }

  /** Where a stretch of a file is stored. */
  private sealed interface Piece {
    /**
     * A cluster of its own.
     *
     * @param plain stored as it is
     * @param rotation for interlaced clusters: how many bytes from the end the first byte lies;
     *     else 0
     */
    record Cluster(
        long position, int storedBytes, int length, BlockCodec codec, boolean plain, int rotation)
        implements Piece {}

    record Fragment(FileContent packed, long offset, int length) implements Piece {}
  }

  /** A compressed extent as the index has it: from one start to the next. */
  private record Stretch(long start, ClusterIndex.Entry head, int blockCount) {}

  private final class Builder {
    final MapHeader header;
    final long size;
    final List<EncodedExtent> extents = new ArrayList<>();
    final List<Piece> pieces = new ArrayList<>();

    Builder(MapHeader header, long size) {
      this.header = header;
      this.size = size;
    }

    void add(long start, ByteRange stored, int length, Piece piece) {
      extents.add(new EncodedExtent(start, length, stored));
      pieces.add(piece);
    }

    FileContent content() {
      EncodedPieces bytes = new EncodedPieces(extents, i -> decode(pieces.get(i)));
      return new FileContent.Encoded(size, extents, bytes);
    }
  }

  /** The contents of the packed inode, asked for only where a file needs it. */
  @FunctionalInterface
  interface PackedInode {
    FileContent content() throws IOException;
  }

  FileContent of(DiskInode disk, PackedInode packed) throws IOException {
    long size = disk.inode().sizeBytes();
    if (size == 0) {
      return new FileContent.Inline(new byte[0]);
    }
    MapHeader header = MapHeader.read(metadata, disk);
    Builder builder = new Builder(header, size);
    if (header.wholeFile()) {
      addFragment(builder, 0, size, header.fragmentOffset(), packed.content());
      return builder.content();
    }
    long count = ((size - 1) >>> header.clusterBits()) + 1;
    boolean full = disk.layout() == DiskInode.Layout.COMPRESSED_FULL;
    ClusterIndex index = new ClusterIndex(metadata, header, full, count);
    Stretch before = null;
    for (Stretch next : stretches(index, header, count, size)) {
      if (before != null) {
        addCluster(builder, before, next.start());
      }
      before = next;
    }
    if (before != null) {
      addTail(builder, before, index, full, packed);
    }
    return builder.content();
  }

  private List<Stretch> stretches(ClusterIndex index, MapHeader header, long count, long size)
      throws IOException {
    List<Stretch> stretches = new ArrayList<>();
    ClusterIndex.Entry entry = index.entry(0);
    for (long i = 0; i < count; i++) {
      ClusterIndex.Entry next = i + 1 < count ? index.entry(i + 1) : null;
      long start = (i << header.clusterBits()) + entry.offset();
      if (entry.isHead() && start < size) {
        if (stretches.size() >= MAX_CLUSTERS) {
          throw bad(ErofsFault.CLUSTER_LIMIT, header.end(), MAX_CLUSTERS + " clusters");
        }
        int blocks = next == null ? ClusterIndex.NO_COUNT : next.blockCount();
        stretches.add(new Stretch(start, entry, blocks));
      }
      if (next != null) {
        entry = next;
      }
    }
    if (stretches.isEmpty() || stretches.getFirst().start() != 0) {
      throw bad(ErofsFault.INDEX_TYPE, header.end(), "nothing at the start of the file");
    }
    return stretches;
  }

  private IOException bad(ErofsFault fault, long position, String detail) {
    return metadata.corrupt(fault, position, "compressed file", detail);
  }

  private void addCluster(Builder builder, Stretch stretch, long end) throws IOException {
    int blockBits = metadata.superblock.blockBits();
    int stored =
        stretch.blockCount() != ClusterIndex.NO_COUNT
            ? stretch.blockCount() << blockBits
            : 1 << builder.header.clusterBits();
    addCluster(builder, stretch, end, stretch.head().block() << blockBits, stored, true);
  }

  private void addCluster(
      Builder builder, Stretch stretch, long end, long position, int stored, boolean inBlocks)
      throws IOException {
    MapHeader header = builder.header;
    int type = stretch.head().type();
    boolean plain = type == ClusterIndex.PLAIN;
    long length = end - stretch.start();
    if (length <= 0
        || length > MAX_DECODED_BYTES
        || stored == 0
        || stored > MAX_STORED_BYTES
        || (plain && length > stored)) {
      throw bad(ErofsFault.CLUSTER_LENGTH, position, length + " bytes out of " + stored);
    }
    if (!metadata.holds(position, stored)) {
      throw bad(ErofsFault.DATA_RANGE, position, stored + " bytes");
    }
    int blockSize = metadata.superblock.blockSizeBytes();
    int rotation =
        plain && inBlocks && header.interlaced()
            ? blockSize - (int) (stretch.start() & (blockSize - 1))
            : 0;
    BlockCodec codec = type == ClusterIndex.HEAD2 ? header.second() : header.first();
    builder.add(
        stretch.start(),
        new ByteRange(position, stored),
        (int) length,
        new Piece.Cluster(position, stored, (int) length, codec, plain, rotation));
  }

  private void addTail(
      Builder builder, Stretch tail, ClusterIndex index, boolean full, PackedInode packed)
      throws IOException {
    MapHeader header = builder.header;
    if (header.inlineTail()) {
      long position = index.end();
      long blockSize = metadata.superblock.blockSizeBytes();
      if (header.inlineBytes() == 0
          || (position & (blockSize - 1)) + header.inlineBytes() > blockSize) {
        throw bad(ErofsFault.CLUSTER_LENGTH, position, header.inlineBytes() + " bytes inline");
      }
      addCluster(builder, tail, builder.size, position, header.inlineBytes(), false);
    } else if (header.fragmentTail()) {
      // Full indexes have room for the upper half of the offset.
      long upper = full ? tail.head().block() << 32 : 0;
      long offset = header.fragmentOffset() | upper;
      addFragment(builder, tail.start(), builder.size, offset, packed.content());
    } else {
      addCluster(builder, tail, builder.size);
    }
  }

  private void addFragment(Builder builder, long start, long end, long offset, FileContent packed)
      throws IOException {
    if (offset < 0 || offset > packed.sizeBytes() - (end - start)) {
      throw bad(
          ErofsFault.FRAGMENT_RANGE, builder.header.end(), (end - start) + " bytes at " + offset);
    }
    for (long at = start; at < end; at += FRAGMENT_PIECE_BYTES) {
      int length = (int) Math.min(FRAGMENT_PIECE_BYTES, end - at);
      long from = offset + (at - start);
      List<ByteRange> stored = packed.storedRanges(from, from + length);
      ByteRange first = stored.isEmpty() ? new ByteRange(0, 0) : stored.getFirst();
      builder.add(at, first, length, new Piece.Fragment(packed, from, length));
    }
  }

  private byte[] decode(Piece piece) throws IOException {
    return switch (piece) {
      case Piece.Fragment fragment -> {
        byte[] bytes = new byte[fragment.length()];
        new ContentReader(metadata.volume, fragment.packed())
            .read(fragment.offset(), MemorySegment.ofArray(bytes));
        yield bytes;
      }
      case Piece.Cluster cluster when cluster.plain() -> plain(cluster);
      case Piece.Cluster cluster -> compressed(cluster);
    };
  }

  private byte[] stored(Piece.Cluster cluster) throws IOException {
    StructView view =
        metadata.at("cluster", cluster.position(), cluster.storedBytes(), ErofsFault.DATA_RANGE);
    return view.bytes(0, cluster.storedBytes());
  }

  /**
   * An interlaced cluster keeps each byte where it is within its block of the file, so that the
   * part before the first boundary lies at the end.
   */
  private byte[] plain(Piece.Cluster cluster) throws IOException {
    byte[] stored = stored(cluster);
    if (cluster.rotation() == 0) {
      return stored;
    }
    byte[] out = new byte[cluster.length()];
    int first = Math.min(cluster.rotation(), out.length);
    System.arraycopy(stored, stored.length - cluster.rotation(), out, 0, first);
    System.arraycopy(stored, 0, out, first, out.length - first);
    return out;
  }

  private byte[] compressed(Piece.Cluster cluster) throws IOException {
    byte[] before = kept.get(cluster.position());
    if (before != null && before.length >= cluster.length()) {
      return before;
    }
    byte[] stored = stored(cluster);
    int padding = padding(stored);
    byte[] out = new byte[cluster.length()];
    int made;
    try {
      made = cluster.codec().decode(stored, padding, stored.length - padding, out, 0, out.length);
    } catch (DecodeException e) {
      throw bad(ErofsFault.CLUSTER_DECODE, cluster.position(), String.valueOf(e.getMessage()));
    }
    if (made != out.length) {
      throw bad(
          ErofsFault.CLUSTER_DECODE, cluster.position(), made + " of " + out.length + " bytes");
    }
    kept.put(cluster.position(), out);
    return out;
  }

  /** Zeros fill the first block before the compressed bytes, which never begin with one. */
  private int padding(byte[] stored) {
    if (!IncompatFeature.ZERO_PADDING.in(metadata.superblock.incompat())) {
      return 0;
    }
    int end = Math.min(stored.length, metadata.superblock.blockSizeBytes());
    int padding = 0;
    while (padding < end && stored[padding] == 0) {
      padding++;
    }
    return padding;
  }
}
