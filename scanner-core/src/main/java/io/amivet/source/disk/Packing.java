package io.amivet.source.disk;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How the clusters of a disk image are compressed, each for itself. */
enum Packing {
  /** RFC 1951 without a header, as in qcow2. */
  DEFLATE {
    @Override
    int unpack(byte[] packed, byte[] cluster) throws IOException {
      return inflate(new Inflater(true), packed, cluster);
    }
  },
  /** RFC 1950, as in VMDK. */
  ZLIB {
    @Override
    int unpack(byte[] packed, byte[] cluster) throws IOException {
      return inflate(new Inflater(false), packed, cluster);
    }
  },
  /** One frame of RFC 8878. */
  ZSTD {
    @Override
    int unpack(byte[] packed, byte[] cluster) throws IOException {
      try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed))) {
        in.setLongMax(MAX_WINDOW_LOG);
        return in.readNBytes(cluster, 0, cluster.length);
      }
    }
  };

  /** A frame may ask for a window as it likes, but no cluster is larger than 2 MiB. */
  private static final int MAX_WINDOW_LOG = 23;

  /**
   * Fills {@code cluster} and ignores what follows in {@code packed}: its length is known in
   * sectors only.
   *
   * @return how many bytes came out
   */
  abstract int unpack(byte[] packed, byte[] cluster) throws IOException;

  private static int inflate(Inflater inflater, byte[] packed, byte[] cluster) throws IOException {
    try (inflater) {
      inflater.setInput(packed);
      int filled = 0;
      while (filled < cluster.length) {
        int count = inflater.inflate(cluster, filled, cluster.length - filled);
        if (count == 0) {
          break;
        }
        filled += count;
      }
      return filled;
    } catch (DataFormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
