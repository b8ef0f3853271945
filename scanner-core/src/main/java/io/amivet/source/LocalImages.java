package io.amivet.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Opens local image files, whatever form their first bytes say they have. */
public final class LocalImages {
  /** Largest image that is decompressed unless the caller says otherwise: 1 TiB. */
  public static final long DEFAULT_MAX_BYTES = 1L << 40;

  /** Disk formats that would read as noise if they were taken for raw. */
  private static final Map<String, String> OTHER_FORMATS =
      Map.of(
          "QFI\u00fb", "qcow2",
          "KDMV", "vmdk",
          "# Disk DescriptorFile", "vmdk",
          "vhdxfile", "vhdx",
          "conectix", "vpc");

  private LocalImages() {}

  /** Opens a raw or compressed image; decompresses under {@code cacheDir}. */
  public static LocalImage open(Path file, Path cacheDir) throws IOException {
    return open(file, cacheDir, DEFAULT_MAX_BYTES, new AtomicLong());
  }

  /**
   * Opens a raw or compressed image.
   *
   * @param cacheDir where a compressed image is decompressed
   * @param maxBytes most that it may decompress to
   * @param compressedBytesRead grows while a compressed image is read; see {@link Files#size} for
   *     what it grows to
   * @throws IOException with a sentence for the user
   */
  public static LocalImage open(
      Path file, Path cacheDir, long maxBytes, AtomicLong compressedBytesRead) throws IOException {
    byte[] head = head(file);
    Optional<Codec> codec = Codec.of(head);
    if (codec.isPresent()) {
      return CompressedImage.open(file, codec.get(), cacheDir, maxBytes, compressedBytesRead);
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> other : OTHER_FORMATS.entrySet()) {
      if (text.startsWith(other.getKey())) {
        throw new IOException(
            file
                + " is a "
                + other.getValue()
                + " image, which amivet does not read; convert it with: qemu-img convert -f "
                + other.getValue()
                + " -O raw IN OUT");
      }
    }
    return RawImage.open(file);
  }

  private static byte[] head(Path file) throws IOException {
    RawImage.requireImage(file);
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(Codec.HEAD_BYTES + 16);
    }
  }
}
