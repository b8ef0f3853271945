package io.amivet.source;

import io.amivet.block.ByteRange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A disk image that came as a stream, compressed or not, in a private sparse file that is mapped
 * like a raw image.
 *
 * <p>The file is created with mode 0600 in a folder with mode 0700, and both are removed from the
 * folder tree before the first byte is written: the kernel frees the space when the image is closed
 * or the process ends, whatever ends it.
 */
public final class SpooledImage implements LocalImage {
  private static final int PIECE_BYTES = 64 << 10;

  private final RawImage image;
  private final Optional<String> incomplete;
  private final String name;

  private SpooledImage(RawImage image, Optional<String> incomplete, String name) {
    this.image = image;
    this.incomplete = incomplete;
    this.name = name;
  }

  /**
   * Copies a stream to its end and closes it. If its end is missing or damaged, keeps what came
   * before and says so in {@link #incomplete}.
   *
   * @param codec how the stream is compressed, if it is
   * @param name of the stream, for messages
   * @param limits where to and how much
   * @throws IOException if the disk is full, the limit is reached, or nothing at all came out
   */
  static SpooledImage copy(InputStream in, Optional<Codec> codec, String name, Limits limits)
      throws IOException {
    FileChannel channel = createUnlinked(limits.cacheDir());
    Optional<String> incomplete;
    SparseWriter writer = new SparseWriter(channel);
    try (InputStream packed = new Counting(in, limits.bytesRead())) {
      incomplete = new Copy(name, codec, limits, writer).run(packed);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    RawImage image = RawImage.ofChannel(limits.cacheDir(), name, channel, writer.dataRanges());
    return new SpooledImage(image, incomplete, name);
  }

  /**
   * Where streams are copied to and how much of them.
   *
   * @param cacheDir created if it is missing
   * @param maxBytes most that one stream may come out as
   * @param bytesRead grows by what is taken from streams, for a display of progress
   */
  record Limits(Path cacheDir, long maxBytes, AtomicLong bytesRead) {}

  private static FileChannel createUnlinked(Path cacheDir) throws IOException {
    FileAttribute<?> ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    FileAttribute<?> ownerReadWrite =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.createDirectories(cacheDir, ownerOnly);
      Path folder = Files.createTempDirectory(cacheDir, "image-", ownerOnly);
      Path disk = folder.resolve("disk.raw");
      try {
        return FileChannel.open(
            disk,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE),
            ownerReadWrite);
      } finally {
        Files.deleteIfExists(disk);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new IOException(
          "cannot create a file in the cache folder "
              + cacheDir
              + " ("
              + e.getMessage()
              + "); choose another one",
          e);
    }
  }

  /** One stream into one file. */
  private record Copy(String name, Optional<Codec> codec, Limits limits, SparseWriter writer) {

    Optional<String> run(InputStream packed) throws IOException {
      Optional<String> damage = Optional.empty();
      byte[] piece = new byte[PIECE_BYTES];
      try (Pieces pieces = new Pieces(codec, packed)) {
        for (int count = pieces.next(piece); count > 0; count = pieces.next(piece)) {
          if (writer.position() > limits.maxBytes() - count) {
            throw new IOException(
                name + " comes out as more than the allowed " + limits.maxBytes() + " bytes");
          }
          write(piece, count);
        }
        damage = pieces.damage();
      }
      if (damage.isPresent() && writer.position() == 0) {
        throw new IOException(name + " is not a sound " + label() + ": " + damage.get());
      }
      finish();
      return damage.map(this::sentence);
    }

    private String label() {
      return codec.map(Codec::label).map(label -> label + " ").orElse("") + "stream";
    }

    private String sentence(String cause) {
      return "the "
          + label()
          + " of "
          + name
          + " is damaged or cut off; only the first "
          + writer.position()
          + " bytes of the image could be had ("
          + cause
          + ")";
    }

    private void write(byte[] piece, int count) throws IOException {
      try {
        writer.append(piece, count);
      } catch (IOException e) {
        throw full(e);
      }
    }

    private void finish() throws IOException {
      try {
        writer.finish();
      } catch (IOException e) {
        throw full(e);
      }
    }

    private IOException full(IOException e) {
      return new IOException(
          "cannot write a copy of the image to "
              + limits.cacheDir()
              + " after "
              + writer.position()
              + " bytes ("
              + e.getMessage()
              + "); free some space there or choose another folder with --cache-dir",
          e);
    }
  }

  /**
   * Full pieces of a decoded stream up to its end or its first fault. Decoders meet hostile bytes:
   * whatever they throw is the stream's fault.
   */
  private static final class Pieces implements AutoCloseable {
    private final Optional<Codec> codec;
    private final InputStream packed;
    private Optional<InputStream> decoded = Optional.empty();
    private Optional<String> damage = Optional.empty();

    Pieces(Optional<Codec> codec, InputStream packed) {
      this.codec = codec;
      this.packed = packed;
    }

    int next(byte[] piece) {
      int filled = 0;
      try {
        InputStream in = decoded.isPresent() ? decoded.get() : decode();
        decoded = Optional.of(in);
        while (damage.isEmpty() && filled < piece.length) {
          int count = in.read(piece, filled, piece.length - filled);
          if (count < 0) {
            break;
          }
          filled += count;
        }
      } catch (IOException | RuntimeException e) {
        damage = Optional.of(String.valueOf(e.getMessage()));
      }
      return filled;
    }

    private InputStream decode() throws IOException {
      return codec.isPresent() ? codec.get().decode(packed) : packed;
    }

    Optional<String> damage() {
      return damage;
    }

    @Override
    public void close() throws IOException {
      if (decoded.isPresent()) {
        decoded.get().close();
      }
    }
  }

  private static final class Counting extends FilterInputStream {
    private final AtomicLong count;

    Counting(InputStream in, AtomicLong count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count.addAndGet(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count.addAndGet(Math.max(read, 0));
      return read;
    }
  }

  @Override
  public Optional<String> incomplete() {
    return incomplete;
  }

  @Override
  public long sizeBytes() {
    return image.sizeBytes();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    image.read(offset, target);
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    return image.view(offset, lengthBytes);
  }

  @Override
  public List<ByteRange> dataRanges() {
    return image.dataRanges();
  }

  @Override
  public void close() throws IOException {
    image.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
