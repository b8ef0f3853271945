package io.amivet.btrfs;

import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** How an extent is stored ({@code BTRFS_COMPRESS_*} of {@code fs/btrfs/compression.h}). */
enum Compression {
  NONE,
  ZLIB,
  LZO,
  ZSTD;

  static Compression of(int number) throws IOException {
    if (number >= values().length) {
      throw new UnsupportedFeatureException("btrfs file extent", List.of("compression " + number));
    }
    return values()[number];
  }

  /** As mount options have it: {@code zstd}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
