package io.amivet.scan;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.erofs.ErofsFormat;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileDevice;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.Inode;
import io.amivet.fs.JournalMode;
import io.amivet.squashfs.SquashfsFormat;
import io.amivet.volume.Volume;
import io.amivet.volume.VolumeState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds file systems that are regular files of another: snap packages, the roots of live images.
 * Each becomes a volume after those of the disks, with the path of its file as name. By contents
 * alone, and only files that are padded to whole sectors, as the tools that make such images do: to
 * look into every file would cost a request each on a remote disk.
 */
final class NestedVolumes {
  /** A live image holds a root that holds packages. */
  static final int MAX_DEPTH = 2;

  static final int MAX_VOLUMES = 200;
  static final String KIND = "file";

  private static final int SECTOR_BYTES = 512;
  private static final int MIN_BYTES = 4096;
  private static final List<FileSystemFormat> FORMATS =
      List.of(new SquashfsFormat(), new ErofsFormat());

  private final JournalMode journal;
  private final SkipLog skips;
  private int nextIndex;
  private int opened;

  /**
   * @param nextIndex index of the first volume found
   * @param skips receives what is a file system and not read
   */
  NestedVolumes(JournalMode journal, int nextIndex, SkipLog skips) {
    this.journal = journal;
    this.nextIndex = nextIndex;
    this.skips = skips;
  }

  private record Candidate(FileEntry entry, FileContent content) {}

  /**
   * The file systems among the files of a volume.
   *
   * @param depth 1 for the files of a volume of a disk
   */
  List<OpenedVolume> in(OpenedVolume container, FileTree tree, int depth) {
    List<OpenedVolume> found = new ArrayList<>();
    FileSystemView fs = container.fs();
    if (fs == null) {
      return found;
    }
    for (Candidate candidate : candidates(fs, tree)) {
      BlockDevice device = device(container, fs, candidate);
      for (FileSystemFormat format : FORMATS) {
        if (accepts(format, device)) {
          open(container, candidate, device, format, depth, found);
          break;
        }
      }
    }
    return found;
  }

  private static List<Candidate> candidates(FileSystemView fs, FileTree tree) {
    List<Candidate> candidates = new ArrayList<>();
    List<ByteRange> starts = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (FileEntry entry : tree.entries()) {
      Inode inode = entry.inode();
      boolean padded = inode.sizeBytes() >= MIN_BYTES && inode.sizeBytes() % SECTOR_BYTES == 0;
      if (!inode.isRegular() || !padded || inode.encrypted() || !seen.add(inode.number())) {
        continue;
      }
      try {
        FileContent content = fs.content(inode);
        candidates.add(new Candidate(entry, content));
        starts.addAll(content.storedRanges(0, MIN_BYTES));
      } catch (IOException | InternalError unreadable) {
        // Left out: the scan of the file itself meets the same fault, and says so.
      }
    }
    fs.volume().prefetch(starts);
    return candidates;
  }

  private static BlockDevice device(
      OpenedVolume container, FileSystemView fs, Candidate candidate) {
    return new FileDevice(fs.volume(), candidate.content(), name(container, candidate));
  }

  private static String name(OpenedVolume container, Candidate candidate) {
    return container.volume().index() + ":" + candidate.entry().path();
  }

  private static boolean accepts(FileSystemFormat format, BlockDevice device) {
    try {
      return format.probe(device);
    } catch (IOException | InternalError unreadable) {
      return false;
    }
  }

  private void open(
      OpenedVolume container,
      Candidate candidate,
      BlockDevice device,
      FileSystemFormat format,
      int depth,
      List<OpenedVolume> found) {
    if (depth > MAX_DEPTH || opened >= MAX_VOLUMES) {
      skip(container, candidate, format, depth > MAX_DEPTH ? "nested too deep" : "one too many");
      return;
    }
    AnomalyLog anomalies = new AnomalyLog();
    try {
      FileSystemView fs = format.open(device, anomalies, journal);
      found.add(
          new OpenedVolume(
              container.disk(), volume(container, candidate, device, format, fs), fs, anomalies));
      opened++;
    } catch (CorruptImageException e) {
      container.anomalies().add(e);
      skip(container, candidate, format, String.valueOf(e.getMessage()));
    } catch (IOException | InternalError e) {
      skip(container, candidate, format, SourceFailure.sentence(e));
    }
  }

  private void skip(
      OpenedVolume container, Candidate candidate, FileSystemFormat format, String reason) {
    skips.add(
        container.volume().index(),
        candidate.entry().path(),
        "the " + format.name() + " file system in it was not read: " + reason);
  }

  private Volume volume(
      OpenedVolume container,
      Candidate candidate,
      BlockDevice device,
      FileSystemFormat format,
      FileSystemView fs) {
    return new Volume(
        nextIndex++,
        device,
        KIND,
        name(container, candidate),
        fs.type(),
        fs.label(),
        fs.uuid(),
        VolumeState.READ,
        "",
        true,
        format);
  }
}
