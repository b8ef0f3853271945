package io.amivet.cli;

import io.amivet.block.AnomalyLog;
import io.amivet.scan.OpenedDisk;
import io.amivet.scan.OpenedTarget;
import io.amivet.scan.OpenedVolume;
import io.amivet.scan.VolumeOpener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Opens targets for the commands that look into an image. */
final class ImageOpener implements TargetOpener {
  private final DiskOpener disks;

  ImageOpener(DiskOpener disks) {
    this.disks = disks;
  }

  @Override
  public OpenTarget open(String target, Access access) throws IOException {
    OpenedDisks opened = disks.open(target, access);
    AnomalyLog diskAnomalies = new AnomalyLog();
    List<OpenTarget.Disk> shown = new ArrayList<>();
    List<OpenVolume> readable = new ArrayList<>();
    OpenedTarget volumes = VolumeOpener.open(opened.disks(), access.journal(), diskAnomalies);
    for (OpenedVolume volume : volumes.volumes()) {
      if (volume.fs() != null) {
        readable.add(new OpenVolume(volume.volume(), volume.fs(), volume.anomalies()));
      }
    }
    for (OpenedDisk disk : volumes.disks()) {
      shown.add(
          new OpenTarget.Disk(
              disk.disk().name(),
              disk.disk().device().sizeBytes(),
              disk.tableType(),
              disk.volumes().stream().map(OpenedVolume::volume).toList()));
    }
    List<OpenTarget.Assembled> assembled =
        volumes.assembled().stream()
            .map(volume -> new OpenTarget.Assembled(volume.disk(), volume.volume()))
            .toList();
    List<String> notes = new ArrayList<>(opened.notes());
    diskAnomalies.toList().forEach(anomaly -> notes.add(anomaly.message()));
    return new OpenTarget(shown, assembled, readable, notes, opened);
  }
}
