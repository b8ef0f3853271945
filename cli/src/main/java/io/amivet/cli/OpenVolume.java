package io.amivet.cli;

import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileSystemView;
import io.amivet.volume.Volume;

/** A volume whose file system was opened. */
record OpenVolume(Volume volume, FileSystemView fs, AnomalyLog anomalies) {
  int index() {
    return volume.index();
  }
}
