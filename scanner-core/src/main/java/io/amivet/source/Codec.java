package io.amivet.source;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** How a stream is compressed, by its first bytes: names of files prove nothing. */
enum Codec {
  /** RFC 1952; several members one after the other are one stream. */
  GZIP {
    @Override
    boolean matches(byte[] head) {
      return startsWith(head, 0x1f, 0x8b, 0x08);
    }

    @Override
    InputStream decode(InputStream in) throws IOException {
      return new GzipStream(in);
    }
  },
  /** The .xz file format 1.2.1. */
  XZ {
    @Override
    boolean matches(byte[] head) {
      return startsWith(head, 0xfd, '7', 'z', 'X', 'Z', 0);
    }

    @Override
    InputStream decode(InputStream in) throws IOException {
      return new XZInputStream(in, XZ_MEMORY_LIMIT_KIB);
    }
  },
  /** RFC 8878; a skippable frame may come first. */
  ZSTD {
    @Override
    boolean matches(byte[] head) {
      boolean skippable =
          head.length >= 4 && (head[0] & 0xf0) == 0x50 && startsWith(tail(head), 0x2a, 0x4d, 0x18);
      return startsWith(head, 0x28, 0xb5, 0x2f, 0xfd) || skippable;
    }

    @Override
    InputStream decode(InputStream in) throws IOException {
      return new ZstdInputStreamNoFinalizer(in);
    }
  },
  BZIP2 {
    @Override
    boolean matches(byte[] head) {
      return startsWith(head, 'B', 'Z', 'h')
          && head.length >= 10
          && head[3] >= '1'
          && head[3] <= '9'
          && (head[4] == 0x31 || head[4] == 0x17);
    }

    @Override
    InputStream decode(InputStream in) throws IOException {
      return new BZip2CompressorInputStream(in, true);
    }
  };

  /** {@code xz -9} needs 65 MiB to decompress. */
  private static final int XZ_MEMORY_LIMIT_KIB = 256 << 10;

  /** What {@link #of} needs to see. */
  static final int HEAD_BYTES = 16;

  abstract boolean matches(byte[] head);

  /** A stream of the decompressed bytes, which fails where the compressed ones do not hold. */
  abstract InputStream decode(InputStream in) throws IOException;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Codec> of(byte[] head) {
    for (Codec codec : values()) {
      if (codec.matches(head)) {
        return Optional.of(codec);
      }
    }
    return Optional.empty();
  }

  private static byte[] tail(byte[] head) {
    return Arrays.copyOfRange(head, 1, head.length);
  }

  private static boolean startsWith(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
