package io.amivet.source.tree;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import io.amivet.finding.Coverage.BlockStatistics;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import io.amivet.source.AcquisitionException;
import io.amivet.source.Disk;
import io.amivet.source.LocalDisks;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/** A folder of this machine as a target: a disk without bytes, with one file system on it. */
public final class DirectoryTarget implements FileSystemFormat {
  private final HostRoot root;

  private DirectoryTarget(HostRoot root) {
    this.root = root;
  }

  /**
   * Opens a folder.
   *
   * @throws AcquisitionException if it cannot be opened, or this machine has not the calls for it
   */
  public static LocalDisks open(Path folder) throws IOException {
    if (!HostCalls.available()) {
      throw new AcquisitionException(
          "a folder can be read on Linux alone, on x86-64 or arm64: make an image of " + folder,
          null);
    }
    Charset fileNames = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    HostRoot root;
    try {
      root = HostRoot.open(folder.toAbsolutePath().toString().getBytes(fileNames));
    } catch (HostCallException e) {
      throw new AcquisitionException("the folder " + folder + ": " + e.getMessage(), e);
    }
    String name = folder.toString();
    Disk disk =
        new Disk(
            name,
            new MemoryDevice(name, new byte[0]),
            () -> BlockStatistics.NONE,
            List::of,
            new DirectoryTarget(root));
    return new LocalDisks(List.of(disk), List.of(), root);
  }

  @Override
  public String name() {
    return "directory";
  }

  @Override
  public boolean probe(BlockDevice volume) {
    return true;
  }

  @Override
  public FileSystemView open(BlockDevice volume, AnomalyLog anomalies, JournalMode journal) {
    return new HostTree(root, volume, anomalies);
  }
}
