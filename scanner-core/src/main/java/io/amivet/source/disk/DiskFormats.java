package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Every format of disk images that amivet reads, by content and not by name. */
public final class DiskFormats {
  private static final List<DiskFormat> ALL =
      List.of(
          new Qcow2Format(),
          new VmdkFormat(),
          new VhdxFormat(),
          new VdiFormat(),
          // Last, since its signature is at the end of the file: the start may be anything.
          new VhdFormat());

  private DiskFormats() {}

  /** Whether a file carries the signature of one of the formats. */
  public static boolean matches(BlockDevice file) throws IOException {
    return of(file).isPresent();
  }

  private static Optional<DiskFormat> of(BlockDevice file) throws IOException {
    for (DiskFormat format : ALL) {
      if (format.probe(file)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /**
   * Lays open the disk in a file; empty if the file has none of the formats.
   *
   * @param siblings the files beside it
   * @throws UnreadableDiskException if the disk cannot be had
   */
  public static Optional<VirtualDisk> open(BlockDevice file, Siblings siblings) throws IOException {
    Optional<DiskFormat> format = of(file);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(format.get().open(file, siblings));
    } catch (UnsupportedFeatureException e) {
      throw new UnreadableDiskException(
          file
              + " is a "
              + format.get().label()
              + " image that amivet does not read alone: it has "
              + String.join(", ", e.features())
              + "; where the whole disk is at hand, make a plain copy of it with: qemu-img convert"
              + " -O raw IN OUT",
          e);
    } catch (CorruptImageException e) {
      throw new UnreadableDiskException(
          file + " is a damaged " + format.get().label() + " image: " + e.getMessage(), e);
    }
  }
}
