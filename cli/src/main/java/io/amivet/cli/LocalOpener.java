package io.amivet.cli;

import io.amivet.finding.Report.TargetInfo;
import io.amivet.source.AcquisitionException;
import io.amivet.source.Disk;
import io.amivet.source.LocalDisks;
import io.amivet.source.LocalImages;
import io.amivet.source.tree.DirectoryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Opens what lies on this machine: an image file, a block device, a folder, standard input. */
final class LocalOpener {
  /** What the user types for standard input. */
  static final String STANDARD_INPUT = "-";

  private final StdStreams streams;
  private final StandardInput input;

  LocalOpener(StdStreams streams, StandardInput input) {
    this.streams = streams;
    this.input = input;
  }

  /**
   * Opens a target.
   *
   * @param cacheDir for what has to be decompressed or copied
   * @param resources receives what is to be closed with the target
   * @param quiet without a display of progress
   */
  OpenedDisks open(String target, Path cacheDir, Closing resources, boolean quiet)
      throws IOException {
    if (target.equals(STANDARD_INPUT)) {
      LocalDisks opened = copyInput(cacheDir, quiet);
      resources.add(opened);
      return disks("image", target, opened, resources);
    }
    Path path = Path.of(target);
    boolean folder = Files.isDirectory(path);
    LocalDisks opened = folder ? DirectoryTarget.open(path) : image(path, cacheDir, quiet);
    resources.add(opened);
    return disks(folder ? "directory" : "image", target, opened, resources);
  }

  private LocalDisks image(Path file, Path cacheDir, boolean quiet) throws IOException {
    AtomicLong bytesRead = new AtomicLong();
    long sizeBytes = Files.size(file);
    ProgressSource progress = new ProgressSource(bytesRead::get, () -> sizeBytes, () -> 0);
    try (ProgressLine _ = ProgressLine.start(streams, progress, quiet)) {
      return LocalImages.open(file, cacheDir, LocalImages.DEFAULT_MAX_BYTES, bytesRead);
    }
  }

  private LocalDisks copyInput(Path cacheDir, boolean quiet) throws IOException {
    if (input.isTerminal()) {
      throw new AcquisitionException(
          "- reads an image from standard input, which is a terminal; send one through a pipe, as"
              + " in: zstdcat disk.img.zst | amivet scan -",
          null);
    }
    AtomicLong bytesRead = new AtomicLong();
    ProgressSource progress = new ProgressSource(bytesRead::get, () -> 0, () -> 0);
    try (ProgressLine _ = ProgressLine.start(streams, progress, quiet)) {
      return LocalImages.open(
          input.stream(), "standard input", cacheDir, LocalImages.DEFAULT_MAX_BYTES, bytesRead);
    }
  }

  private static OpenedDisks disks(
      String kind, String target, LocalDisks opened, Closing resources) {
    long sizeBytes = 0;
    for (Disk disk : opened.disks()) {
      sizeBytes += disk.device().sizeBytes();
    }
    List<String> names = opened.disks().stream().map(Disk::name).toList();
    TargetInfo info = new TargetInfo(kind, target, "", sizeBytes, names);
    return new OpenedDisks(info, opened.disks(), opened.notes(), Provenance.LOCAL, resources);
  }
}
