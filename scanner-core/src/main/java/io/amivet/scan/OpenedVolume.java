package io.amivet.scan;

import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileSystemView;
import io.amivet.source.Disk;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import org.jspecify.annotations.Nullable;

/**
 * A volume after the attempt to open its file system.
 *
 * @param fs the file system, for {@link VolumeState#READ} only
 * @param anomalies everything met on this volume, still growing while it is read
 */
public record OpenedVolume(
    Disk disk, Volume volume, @Nullable FileSystemView fs, AnomalyLog anomalies) {

  /** The same volume, found to be unreadable. */
  OpenedVolume failed(VolumeState state, String reason) {
    Volume v = volume;
    Volume bad =
        new Volume(
            v.index(),
            v.device(),
            v.kind(),
            v.name(),
            v.contents(),
            v.label(),
            v.uuid(),
            state,
            reason,
            v.holdsData(),
            null);
    return new OpenedVolume(disk, bad, null, anomalies);
  }
}
