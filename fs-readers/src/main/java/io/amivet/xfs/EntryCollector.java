package io.amivet.xfs;

import io.amivet.block.Anomaly;
import io.amivet.block.CorruptImageException;
import io.amivet.block.Fault;
import io.amivet.block.StructView;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import java.util.ArrayList;
import java.util.List;

/** Takes the names of one directory, and leaves out those that no kernel would show. */
final class EntryCollector {
  /** Far more than real directories hold; bounds memory on an image that states more. */
  static final int MAX_ENTRIES = 4_000_000;

  private final Metadata metadata;
  private final List<DirectoryEntry> entries = new ArrayList<>();
  private boolean complete = true;

  EntryCollector(Metadata metadata) {
    this.metadata = metadata;
  }

  DirectoryListing listing() {
    return new DirectoryListing(entries, complete);
  }

  /** Records that names are left out, and why. */
  void lose(Anomaly anomaly) {
    complete = false;
    metadata.anomalies.add(anomaly);
  }

  /**
   * Adds a name unless it is {@code .} or {@code ..}.
   *
   * @param at where the name starts in {@code struct}
   */
  void add(StructView struct, int at, int nameBytes, long inodeNumber)
      throws CorruptImageException {
    byte[] name = struct.bytes(at, nameBytes);
    if (isDots(name)) {
      return;
    }
    if (!isAllowed(name)) {
      lose(struct.anomaly(XfsFault.DIRECTORY_NAME, at, ""));
    } else if (metadata.geometry.inodeOffset(inodeNumber) < 0) {
      String number = Long.toUnsignedString(inodeNumber);
      lose(struct.anomaly(XfsFault.DIRECTORY_INODE, at, number));
    } else if (entries.size() >= MAX_ENTRIES) {
      throw struct.corrupt(XfsFault.DIRECTORY_LIMIT, at, "");
    } else {
      entries.add(new DirectoryEntry(name, inodeNumber));
    }
  }

  /** Records that the rest of {@code struct} cannot be read; names before it are kept. */
  void damaged(StructView struct, Fault fault, int at) {
    lose(struct.anomaly(fault, at, "the rest is left out"));
  }

  private static boolean isDots(byte[] name) {
    return name.length > 0 && name.length <= 2 && name[0] == '.' && name[name.length - 1] == '.';
  }

  private static boolean isAllowed(byte[] name) {
    for (byte b : name) {
      if (b == 0 || b == '/') {
        return false;
      }
    }
    return name.length > 0;
  }
}
