package io.amivet.scan;

import io.amivet.source.Disk;
import java.util.List;

/**
 * A disk whose volumes were found and opened.
 *
 * @param tableType {@code gpt}, {@code mbr}, {@code none}; {@code unreadable} if it was not found
 *     out
 */
public record OpenedDisk(Disk disk, String tableType, List<OpenedVolume> volumes) {
  public OpenedDisk {
    volumes = List.copyOf(volumes);
  }
}
