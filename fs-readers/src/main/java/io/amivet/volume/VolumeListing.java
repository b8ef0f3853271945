package io.amivet.volume;

import java.util.List;

/**
 * What one disk holds.
 *
 * @param tableType {@code gpt}, {@code mbr}, or {@code none} for a disk that is one volume
 */
public record VolumeListing(List<Volume> volumes, String tableType) {
  public VolumeListing {
    volumes = List.copyOf(volumes);
  }
}
