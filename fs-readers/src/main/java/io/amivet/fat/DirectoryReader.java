package io.amivet.fat;

import io.amivet.block.ByteRange;
import io.amivet.block.StructView;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the entries of a directory. Like Linux it takes an empty entry for free, not for the end.
 */
final class DirectoryReader {
  private final AllocationTable table;
  private final LongName longName = new LongName();
  private final List<DirectoryEntry> entries = new ArrayList<>();
  private String label = "";
  private int directories;
  private boolean complete;

  private DirectoryReader(AllocationTable table, boolean complete) {
    this.table = table;
    this.complete = complete;
  }

  /**
   * What a directory holds.
   *
   * @param label of the volume, if it is the root and one is set
   * @param directories among the entries, {@code .} and {@code ..} included
   */
  record Contents(DirectoryListing listing, String label, int directories) {}

  static Contents read(AllocationTable table, ClusterChain.DirectoryClusters clusters)
      throws IOException {
    DirectoryReader reader = new DirectoryReader(table, clusters.complete());
    for (ByteRange range : clusters.ranges()) {
      reader.readRange(range);
    }
    return new Contents(
        new DirectoryListing(reader.entries, reader.complete), reader.label, reader.directories);
  }

  private void readRange(ByteRange range) throws IOException {
    long readable = Math.min(range.end(), table.volume().sizeBytes()) - range.offset();
    if (readable < range.length()) {
      table.anomalies().add(table.corrupt(FatFault.VOLUME_TRUNCATED, 0));
      complete = false;
    }
    if (readable < DiskEntry.SIZE_BYTES) {
      return;
    }
    StructView block = table.volume().struct("msdos_dir_entry", range.offset(), (int) readable);
    for (int at = 0; at + DiskEntry.SIZE_BYTES <= readable; at += DiskEntry.SIZE_BYTES) {
      readEntry(new DiskEntry(block.slice("msdos_dir_entry", at, DiskEntry.SIZE_BYTES)));
    }
  }

  private void readEntry(DiskEntry entry) {
    if (entry.isLongName() && entry.fields().u8(0) != 0xe5) {
      longName.add(entry.fields());
      return;
    }
    if (!entry.isFree() && !entry.isLongName()) {
      if (entry.isLabel()) {
        label = label.isEmpty() ? entry.label() : label;
      } else {
        addFile(entry);
      }
    }
    longName.clear();
  }

  private void addFile(DiskEntry entry) {
    directories += entry.isDirectory() ? 1 : 0;
    if (entry.isDot()) {
      return;
    }
    byte[] name = longName.of(entry).orElseGet(entry::shortName);
    if (!allowed(name)) {
      table.anomalies().add(entry.fields().anomaly(FatFault.DIRECTORY_NAME, 0, ""));
      complete = false;
      return;
    }
    entries.add(new DirectoryEntry(name, entry.fields().offset() / DiskEntry.SIZE_BYTES));
  }

  private static boolean allowed(byte[] name) {
    if (name.length == 0 || (name[0] == '.' && name.length == 1)) {
      return false;
    }
    for (byte b : name) {
      if (b == 0 || b == '/') {
        return false;
      }
    }
    return !(name.length == 2 && name[0] == '.' && name[1] == '.');
  }
}
