package io.amivet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileType;
import io.amivet.fs.TreeWalk;
import java.io.IOException;

/** Reads all that a damaged volume still gives; anything but an {@link IOException} fails. */
public final class WholeRead {
  /** Enough of each file to go through its map; the sizes that damage invents are endless. */
  private static final int CONTENT_LIMIT_BYTES = 1 << 16;

  private WholeRead() {}

  /** Number of entries that could be read wholly; 0 if the volume is refused. */
  public static int of(FileSystemFormat format, BlockDevice device) {
    AnomalyLog anomalies = new AnomalyLog();
    try {
      FileSystemView fs = format.open(device, anomalies);
      int read = 0;
      for (FileEntry entry : TreeWalk.walk(fs, anomalies).entries()) {
        read += entry(fs, entry);
      }
      assertThat(fs.freeRanges()).allMatch(range -> range.end() <= device.sizeBytes());
      return read;
    } catch (IOException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
      return 0;
    }
  }

  private static int entry(FileSystemView fs, FileEntry entry) {
    try {
      fs.extendedAttributes(entry.inode());
      if (entry.inode().type() == FileType.SYMLINK) {
        fs.symlinkTarget(entry.inode());
      }
      new ContentReader(fs.volume(), fs.content(entry.inode())).readUpTo(CONTENT_LIMIT_BYTES);
      return 1;
    } catch (IOException costsThisEntryOnly) {
      assertThat(costsThisEntryOnly).hasMessageMatching("(?s).+");
      return 0;
    }
  }
}
