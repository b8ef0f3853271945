package io.amivet.inside;

import java.util.List;
import java.util.Optional;

/** The formats of archives and compressed files, in the order in which they are asked. */
public final class InsideFormats {
  /** All of them; which others there are, {@code io.amivet.inside.registry} knows. */
  public static final List<InsideFormat> ARCHIVES =
      List.of(
          new GzipFormat(),
          new XzFormat(),
          new Bzip2Format(),
          new ZstdFormat(),
          new Lz4Format(),
          new ZipFormat(),
          new SevenZipFormat(),
          new ArFormat(),
          new RpmFormat(),
          new CpioFormat(),
          new TarFormat());

  private InsideFormats() {}

  /** The first format that recognises a file by its first bytes. */
  static Optional<InsideFormat> of(List<InsideFormat> formats, Head head) {
    for (InsideFormat format : formats) {
      if (format.recognises(head)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
