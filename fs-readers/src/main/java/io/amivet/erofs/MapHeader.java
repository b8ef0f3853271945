package io.amivet.erofs;

import io.amivet.block.StructView;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.compress.BlockCodec;
import java.io.IOException;
import java.util.List;

/**
 * {@code struct z_erofs_map_header}: how the clusters of a compressed file are made and found.
 *
 * @param clusterBits log2 of a logical cluster's bytes
 * @param inlineBytes length of the last cluster if it lies behind the index; else 0
 * @param fragmentOffset place of the tail in the packed inode
 * @param wholeFile nothing but a fragment
 * @param end where the header ends on the volume
 */
record MapHeader(
    int advise,
    BlockCodec first,
    BlockCodec second,
    int clusterBits,
    int inlineBytes,
    long fragmentOffset,
    boolean wholeFile,
    long end) {
  private static final int SIZE_BYTES = 8;
  private static final int COMPACTED_2B_OR_EXTENTS = 0x1;
  private static final int BIG_PCLUSTERS = 0x6;
  private static final int INLINE_PCLUSTER = 0x8;
  private static final int INTERLACED_PCLUSTER = 0x10;
  private static final int FRAGMENT_PCLUSTER = 0x20;
  private static final int FRAGMENT_INODE = 0x80;

  private static final BlockCodec[] CODECS = {
    BlockCodec.LZ4, BlockCodec.MICROLZMA, BlockCodec.DEFLATE, BlockCodec.ZSTD
  };

  static MapHeader read(Metadata metadata, DiskInode disk) throws IOException {
    long position = (disk.end() + 7) & -8;
    StructView header =
        metadata.at("z_erofs_map_header", position, SIZE_BYTES, ErofsFault.INDEX_RANGE);
    long end = position + SIZE_BYTES;
    int h_clusterbits = header.u8(7);
    if ((h_clusterbits & FRAGMENT_INODE) != 0) {
      long offset = header.u64le(0) & Long.MAX_VALUE;
      return new MapHeader(
          FRAGMENT_PCLUSTER, BlockCodec.LZ4, BlockCodec.LZ4, 0, 0, offset, true, end);
    }
    int h_advise = header.u16le(4);
    boolean full = disk.layout() == DiskInode.Layout.COMPRESSED_FULL;
    if (full && (h_advise & COMPACTED_2B_OR_EXTENTS) != 0) {
      throw new UnsupportedFeatureException("erofs file", List.of("encoded extents"));
    }
    int h_algorithmtype = header.u8(6);
    return new MapHeader(
        h_advise,
        codec(h_algorithmtype & 15),
        codec(h_algorithmtype >> 4),
        metadata.superblock.blockBits() + (h_clusterbits & 7),
        (h_advise & INLINE_PCLUSTER) != 0 ? header.u16le(2) : 0,
        header.u32le(0),
        false,
        end);
  }

  private static BlockCodec codec(int algorithm) throws UnsupportedFeatureException {
    if (algorithm >= CODECS.length) {
      throw new UnsupportedFeatureException("erofs file", List.of("compressor " + algorithm));
    }
    return CODECS[algorithm];
  }

  boolean compacted2b() {
    return (advise & COMPACTED_2B_OR_EXTENTS) != 0;
  }

  boolean bigClusters() {
    return (advise & BIG_PCLUSTERS) != 0;
  }

  boolean inlineTail() {
    return (advise & INLINE_PCLUSTER) != 0;
  }

  boolean interlaced() {
    return (advise & INTERLACED_PCLUSTER) != 0;
  }

  boolean fragmentTail() {
    return (advise & FRAGMENT_PCLUSTER) != 0;
  }
}
