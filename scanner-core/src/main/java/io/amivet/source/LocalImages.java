package io.amivet.source;

import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import io.amivet.finding.Coverage.BlockStatistics;
import io.amivet.source.disk.ArchivedDisks;
import io.amivet.source.disk.DiskFormats;
import io.amivet.source.disk.Siblings;
import io.amivet.source.disk.VirtualDisk;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opens local images, whatever form their contents say they have: compressed, an archive, a disk
 * format, or the bare bytes of a disk; also one in the other, to a depth.
 */
public final class LocalImages {
  /** Largest image that is decompressed unless the caller says otherwise: 1 TiB. */
  public static final long DEFAULT_MAX_BYTES = 1L << 40;

  /** A disk format in an archive that is compressed, and once more around it. */
  private static final int MAX_NESTING = 4;

  /** Reaches behind all signatures that tell a disk. */
  private static final int DECOMPRESSED_HEAD_BYTES = 68 << 10;

  private final SpooledImage.Limits limits;
  private final List<Closeable> opened = new ArrayList<>();
  private final List<Disk> disks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private LocalImages(SpooledImage.Limits limits) {
    this.limits = limits;
  }

  /** Something that is a disk or holds some. */
  private record Layer(
      String name, BlockDevice device, Siblings siblings, int depth, List<String> losses) {

    /** What was inside, named the same. */
    Layer inside(BlockDevice contents, List<String> moreLosses) {
      List<String> all = new ArrayList<>(losses);
      all.addAll(moreLosses);
      return new Layer(name, contents, Siblings.NONE, depth + 1, all);
    }
  }

  /** Opens an image file or block device; decompresses under {@code cacheDir}. */
  public static LocalDisks open(Path file, Path cacheDir) throws IOException {
    return open(file, cacheDir, DEFAULT_MAX_BYTES, new AtomicLong());
  }

  /**
   * Opens an image file or block device.
   *
   * @param cacheDir where a compressed image is decompressed
   * @param maxBytes most that it may decompress to
   * @param compressedBytesRead grows while a compressed image is read; see {@link Files#size} for
   *     what it grows to
   * @throws IOException with a sentence for the user
   */
  public static LocalDisks open(
      Path file, Path cacheDir, long maxBytes, AtomicLong compressedBytesRead) throws IOException {
    LocalImages images =
        new LocalImages(new SpooledImage.Limits(cacheDir, maxBytes, compressedBytesRead));
    return images.open(() -> {
      RawImage image = images.keep(RawImage.open(file));
      Siblings siblings = new FolderSiblings(file, images.opened);
      return new Layer(String.valueOf(file.getFileName()), image, siblings, 0, List.of());
    });
  }

  /**
   * Opens what a stream holds, after copying it under {@code cacheDir}.
   *
   * @param name of the stream, for messages
   * @param bytesRead grows while the stream is read
   */
  public static LocalDisks open(
      InputStream in, String name, Path cacheDir, long maxBytes, AtomicLong bytesRead)
      throws IOException {
    LocalImages images = new LocalImages(new SpooledImage.Limits(cacheDir, maxBytes, bytesRead));
    return images.open(() -> {
      BufferedInputStream buffered = new BufferedInputStream(in, 64 << 10);
      buffered.mark(Codec.HEAD_BYTES);
      byte[] head = buffered.readNBytes(Codec.HEAD_BYTES);
      buffered.reset();
      SpooledImage image =
          images.keep(SpooledImage.copy(buffered, Codec.of(head), name, images.limits));
      return new Layer(name, image, Siblings.NONE, 1, losses(image));
    });
  }

  private interface FirstLayer {
    Layer open() throws IOException;
  }

  private LocalDisks open(FirstLayer first) throws IOException {
    try {
      lay(first.open());
      return new LocalDisks(disks, notes, this::closeAll);
    } catch (IOException | RuntimeException e) {
      closeAll();
      throw e;
    }
  }

  private <T extends Closeable> T keep(T resource) {
    opened.add(resource);
    return resource;
  }

  private void closeAll() throws IOException {
    IOException failure = null;
    for (Closeable resource : opened.reversed()) {
      try {
        resource.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static List<String> losses(LocalImage image) {
    return image.incomplete().map(List::of).orElse(List.of());
  }

  private void lay(Layer layer) throws IOException {
    BlockDevice device = layer.device();
    Optional<Codec> codec = Codec.of(head(device));
    if (codec.isPresent()) {
      checkDepth(layer);
      SpooledImage image =
          keep(SpooledImage.copy(new DeviceStream(device), codec, device.toString(), limits));
      lay(layer.inside(image, losses(image)));
    } else if (ArchivedDisks.isArchive(device)) {
      checkDepth(layer);
      layArchive(layer);
    } else {
      Optional<VirtualDisk> disk = DiskFormats.open(device, layer.siblings());
      disk.ifPresent(virtual -> notes.addAll(virtual.notes()));
      add(disk.isPresent() ? layer.inside(disk.get(), disk.get().losses()) : layer);
    }
  }

  private static void checkDepth(Layer layer) throws AcquisitionException {
    if (layer.depth() >= MAX_NESTING) {
      throw new AcquisitionException(
          layer.device() + " is packed more than " + MAX_NESTING + " times; unpack it first", null);
    }
  }

  private void layArchive(Layer layer) throws IOException {
    ArchivedDisks.Found found = ArchivedDisks.find(layer.device(), LocalImages::decompressedHead);
    for (ArchivedDisks.Member member : found.members()) {
      Layer inside = layer.inside(member.contents(), found.losses());
      lay(
          new Layer(
              member.name(), inside.device(), member.siblings(), inside.depth(), inside.losses()));
    }
  }

  private void add(Layer layer) throws AcquisitionException {
    if (layer.device().sizeBytes() == 0) {
      throw new AcquisitionException(layer.name() + " is empty: not a disk image", null);
    }
    List<String> losses = List.copyOf(layer.losses());
    disks.add(new Disk(layer.name(), layer.device(), () -> BlockStatistics.NONE, () -> losses));
  }

  private static byte[] head(BlockDevice device) throws IOException {
    long lengthBytes = Math.min(Codec.HEAD_BYTES, device.sizeBytes());
    return device.view(0, lengthBytes).toArray(ValueLayout.JAVA_BYTE);
  }

  private static Optional<BlockDevice> decompressedHead(BlockDevice device) throws IOException {
    Optional<Codec> codec = Codec.of(head(device));
    if (codec.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = codec.get().decode(new DeviceStream(device))) {
      return Optional.of(
          new MemoryDevice(device.toString(), in.readNBytes(DECOMPRESSED_HEAD_BYTES)));
    } catch (RuntimeException hostile) {
      throw new IOException(hostile.getMessage(), hostile);
    }
  }
}
