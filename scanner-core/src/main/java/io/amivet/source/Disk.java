package io.amivet.source;

import io.amivet.block.BlockDevice;
import io.amivet.cache.BlockCache;
import io.amivet.finding.Coverage.BlockStatistics;
import io.amivet.fs.FileSystemFormat;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One disk of a target, opened. Owns its device.
 *
 * @param name a snapshot id or a file name
 * @param statistics what the source delivered so far
 * @param losses why the disk is known to be incomplete, so far: a compressed stream that broke off,
 *     blocks that could not be fetched; one sentence each
 * @param tree the file system of a target that has no bytes of a disk, a folder; else null
 */
public record Disk(
    String name,
    BlockDevice device,
    Supplier<BlockStatistics> statistics,
    Supplier<List<String>> losses,
    @Nullable FileSystemFormat tree)
    implements Closeable {

  /** A disk whose volumes are found in its bytes. */
  public Disk(
      String name,
      BlockDevice device,
      Supplier<BlockStatistics> statistics,
      Supplier<List<String>> losses) {
    this(name, device, statistics, losses, null);
  }

  /** Whether reading it costs requests. */
  public boolean isRemote() {
    return device instanceof BlockCache;
  }

  @Override
  public void close() throws IOException {
    device.close();
  }
}
