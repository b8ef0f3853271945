package io.amivet.scan;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.btrfs.BtrfsFormat;
import io.amivet.erofs.ErofsFormat;
import io.amivet.ext.ExtFormat;
import io.amivet.fat.FatFormat;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import io.amivet.source.Disk;
import io.amivet.squashfs.SquashfsFormat;
import io.amivet.volume.AssembledVolumes;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeAssembler;
import io.amivet.volume.VolumeFinder;
import io.amivet.volume.VolumeListing;
import io.amivet.volume.VolumeState;
import io.amivet.xfs.XfsFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the volumes of all disks and opens the file systems that amivet reads. */
public final class VolumeOpener {
  /** Every file system that amivet reads, in the order in which they are tried. */
  static final List<FileSystemFormat> FORMATS =
      List.of(
          new ExtFormat(),
          new XfsFormat(),
          new BtrfsFormat(),
          new SquashfsFormat(),
          new ErofsFormat(),
          new FatFormat());

  private VolumeOpener() {}

  /**
   * All volumes: numbered from 1 over all disks, and from there on those put together of them.
   *
   * @param journal whether journals are laid over the volumes
   * @param diskAnomalies receives what was met outside any volume
   */
  public static OpenedTarget open(List<Disk> disks, JournalMode journal, AnomalyLog diskAnomalies) {
    List<VolumeListing> found = new ArrayList<>();
    int nextIndex = 1;
    for (Disk disk : disks) {
      VolumeListing listing = find(disk, nextIndex, diskAnomalies);
      nextIndex += listing.volumes().size();
      found.add(listing);
    }
    AssembledVolumes target = assemble(found, diskAnomalies);
    List<OpenedDisk> opened = new ArrayList<>();
    for (int i = 0; i < disks.size(); i++) {
      Disk disk = disks.get(i);
      VolumeListing listing = target.disks().get(i);
      List<OpenedVolume> volumes =
          listing.volumes().stream().map(volume -> open(disk.name(), volume, journal)).toList();
      opened.add(new OpenedDisk(disk, listing.tableType(), volumes));
    }
    List<OpenedVolume> assembled = new ArrayList<>();
    for (AssembledVolumes.Assembled one : target.assembled()) {
      String names =
          one.disks().stream().map(i -> disks.get(i).name()).collect(Collectors.joining("+"));
      assembled.add(open(names, one.volume(), journal));
    }
    return new OpenedTarget(opened, assembled);
  }

  private static AssembledVolumes assemble(List<VolumeListing> found, AnomalyLog diskAnomalies) {
    try {
      return VolumeAssembler.assemble(found, FORMATS, diskAnomalies);
    } catch (InternalError e) {
      // A page of a mapped image vanished: what was found stays listed, parts as unread.
      diskAnomalies.add(new Anomaly("disk.unreadable", SourceFailure.sentence(e), -1));
      return new AssembledVolumes(found, List.of());
    }
  }

  private static VolumeListing find(Disk disk, int firstIndex, AnomalyLog diskAnomalies) {
    if (disk.tree() != null) {
      return new VolumeListing(List.of(tree(disk, disk.tree(), firstIndex)), "none");
    }
    try {
      return VolumeFinder.find(disk.device(), FORMATS, firstIndex, diskAnomalies);
    } catch (IOException | InternalError e) {
      String reason = SourceFailure.sentence(e);
      diskAnomalies.add(new Anomaly("disk.unreadable", disk.name() + ": " + reason, -1));
      Volume lost = unreadableDisk(disk, firstIndex, reason);
      return new VolumeListing(List.of(lost), "unreadable");
    }
  }

  private static OpenedVolume open(String disk, Volume volume, JournalMode journal) {
    OpenedVolume closed = new OpenedVolume(disk, volume, null, new AnomalyLog());
    FileSystemFormat format = volume.format();
    if (format == null || volume.state() != VolumeState.READ) {
      return closed;
    }
    try {
      FileSystemView fs = format.open(volume.device(), closed.anomalies(), journal);
      return new OpenedVolume(
          disk, volume.describedAs(fs.type(), fs.label(), fs.uuid()), fs, closed.anomalies());
    } catch (UnsupportedFeatureException e) {
      return closed.failed(VolumeState.UNSUPPORTED, String.valueOf(e.getMessage()));
    } catch (CorruptImageException e) {
      closed.anomalies().add(e);
      return closed.failed(VolumeState.UNREADABLE, String.valueOf(e.getMessage()));
    } catch (IOException | InternalError e) {
      return closed.failed(VolumeState.UNREADABLE, SourceFailure.sentence(e));
    }
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

  private static Volume unreadableDisk(Disk disk, int index, String reason) {
    return new Volume(
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
  }
}
