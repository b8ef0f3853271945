package io.amivet.scan;

import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileSystemView;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import org.jspecify.annotations.Nullable;

/**
 * A volume after the attempt to open its file system.
 *
 * @param disk name of the disk that it lies on; of several joined with {@code +}
 * @param fs the file system, for {@link VolumeState#READ} only
 * @param anomalies everything met on this volume, still growing while it is read
 */
public record OpenedVolume(
    String disk, Volume volume, @Nullable FileSystemView fs, AnomalyLog anomalies) {

  /** The same volume, found to be unreadable. */
  OpenedVolume failed(VolumeState state, String reason) {
    return new OpenedVolume(disk, volume.with(state, reason, volume.holdsData()), null, anomalies);
  }
}
