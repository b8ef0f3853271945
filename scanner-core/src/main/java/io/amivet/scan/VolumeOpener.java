package io.amivet.scan;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.ext.ExtFormat;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import io.amivet.source.Disk;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeFinder;
import io.amivet.volume.VolumeListing;
import io.amivet.volume.VolumeState;
import io.amivet.xfs.XfsFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the volumes of all disks and opens the file systems that amivet reads. */
public final class VolumeOpener {
  /** Every file system that amivet reads, in the order in which they are tried. */
  static final List<FileSystemFormat> FORMATS = List.of(new ExtFormat(), new XfsFormat());

  private VolumeOpener() {}

  /**
   * All volumes, numbered from 1 over all disks.
   *
   * @param journal whether journals are laid over the volumes
   * @param diskAnomalies receives what was met outside any volume
   */
  public static List<OpenedDisk> open(
      List<Disk> disks, JournalMode journal, AnomalyLog diskAnomalies) {
    List<OpenedDisk> opened = new ArrayList<>();
    int nextIndex = 1;
    for (Disk disk : disks) {
      OpenedDisk one = open(disk, nextIndex, journal, diskAnomalies);
      nextIndex += one.volumes().size();
      opened.add(one);
    }
    return opened;
  }

  private static OpenedDisk open(
      Disk disk, int firstIndex, JournalMode journal, AnomalyLog diskAnomalies) {
    if (disk.tree() != null) {
      OpenedVolume tree = open(disk, tree(disk, disk.tree(), firstIndex), journal);
      return new OpenedDisk(disk, "none", List.of(tree));
    }
    try {
      VolumeListing listing = VolumeFinder.find(disk.device(), FORMATS, firstIndex, diskAnomalies);
      List<OpenedVolume> volumes = new ArrayList<>();
      for (Volume volume : listing.volumes()) {
        volumes.add(open(disk, volume, journal));
      }
      return new OpenedDisk(disk, listing.tableType(), volumes);
    } catch (IOException | InternalError e) {
      String reason = SourceFailure.sentence(e);
      diskAnomalies.add(new Anomaly("disk.unreadable", disk.name() + ": " + reason, -1));
      return new OpenedDisk(disk, "unreadable", List.of(unreadableDisk(disk, firstIndex, reason)));
    }
  }

  private static OpenedVolume open(Disk disk, Volume volume, JournalMode journal) {
    OpenedVolume closed = new OpenedVolume(disk, volume, null, new AnomalyLog());
    FileSystemFormat format = volume.format();
    if (format == null || volume.state() != VolumeState.READ) {
      return closed;
    }
    try {
      FileSystemView fs = format.open(volume.device(), closed.anomalies(), journal);
      return new OpenedVolume(disk, described(volume, fs), fs, closed.anomalies());
    } catch (UnsupportedFeatureException e) {
      return closed.failed(VolumeState.UNSUPPORTED, String.valueOf(e.getMessage()));
    } catch (CorruptImageException e) {
      closed.anomalies().add(e);
      return closed.failed(VolumeState.UNREADABLE, String.valueOf(e.getMessage()));
    } catch (IOException | InternalError e) {
      return closed.failed(VolumeState.UNREADABLE, SourceFailure.sentence(e));
    }
  }

  private static Volume described(Volume v, FileSystemView fs) {
    return new Volume(
        v.index(),
        v.device(),
        v.kind(),
        v.name(),
        fs.type(),
        fs.label(),
        fs.uuid(),
        v.state(),
        v.reason(),
        v.holdsData(),
        v.format());
  }

  /** A folder: one volume, and nothing to find. */
  private static Volume tree(Disk disk, FileSystemFormat format, int index) {
    return new Volume(
        index,
        disk.device(),
        "directory",
        "tree",
        format.name(),
        "",
        "",
        VolumeState.READ,
        "",
        true,
        format);
  }

  private static OpenedVolume unreadableDisk(Disk disk, int index, String reason) {
    Volume volume =
        new Volume(
            index,
            disk.device(),
            "whole-disk",
            "disk",
            "",
            "",
            "",
            VolumeState.UNREADABLE,
            reason,
            true,
            null);
    return new OpenedVolume(disk, volume, null, new AnomalyLog());
  }
}
