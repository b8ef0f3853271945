package io.amivet.squashfs;

import io.amivet.block.UnsupportedFeatureException;
import io.amivet.compress.BlockCodec;
import java.util.List;

/** The compressors of {@code squashfs_fs.h}, and LZMA, which only a patched kernel reads. */
enum Compression {
  ZLIB(1, BlockCodec.ZLIB),
  LZMA(2, BlockCodec.LZMA),
  LZO(3, BlockCodec.LZO),
  XZ(4, BlockCodec.XZ),
  LZ4(5, BlockCodec.LZ4),
  ZSTD(6, BlockCodec.ZSTD);

  private final int id;
  private final BlockCodec codec;

  Compression(int id, BlockCodec codec) {
    this.id = id;
    this.codec = codec;
  }

  static BlockCodec codec(int id) throws UnsupportedFeatureException {
    for (Compression one : values()) {
      if (one.id == id) {
        return one.codec;
      }
    }
    throw new UnsupportedFeatureException("squashfs", List.of("compressor " + id));
  }
}
