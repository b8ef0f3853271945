package io.amivet.btrfs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the names in a directory: its {@code DIR_INDEX} items, one for each name in the order in
 * which they were made, as the kernel's own readdir does. Where some of them are lost, the {@code
 * DIR_ITEM} items, which hold the same names by their hashes, fill the gap.
 */
final class DirectoryReader {
  /** Bounds memory. */
  private static final int MAX_NAMES = 2 << 20;

  private static final int MAX_NAME_BYTES = 255;

  private final FileSystem fs;
  private final Subvolume subvolume;
  private final long directory;
  private final Map<Long, Long> stubParents;
  private final List<DirectoryEntry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private boolean intact = true;
  private boolean secondLook;

  private DirectoryReader(
      FileSystem fs, Subvolume subvolume, long directory, Map<Long, Long> stubParents) {
    this.fs = fs;
    this.subvolume = subvolume;
    this.directory = directory;
    this.stubParents = stubParents;
  }

  /**
   * @param directory object id of its inode
   * @param stubParents receives the directory of each empty one that stands for a subvolume
   */
  static DirectoryListing read(
      FileSystem fs, Subvolume subvolume, long directory, Map<Long, Long> stubParents)
      throws IOException {
    return new DirectoryReader(fs, subvolume, directory, stubParents).read();
  }

  private DirectoryListing read() throws IOException {
    boolean whole = scan(ItemType.DIR_INDEX) && intact;
    if (!whole) {
      for (DirectoryEntry entry : entries) {
        names.add(latin1(entry.name()));
      }
      secondLook = true;
      scan(ItemType.DIR_ITEM);
    }
    return new DirectoryListing(entries, whole);
  }

  private boolean scan(int type) throws IOException {
    return fs.trees()
        .scan(
            subvolume.root(),
            Key.firstOf(directory, type),
            Key.lastOf(directory, type),
            (key, item) -> add(item));
  }

  private boolean add(StructView item) throws IOException {
    try {
      for (DirItem entry : DirItem.parseAll(item)) {
        add(item, entry);
      }
    } catch (CorruptImageException e) {
      fs.anomalies().add(e);
      intact = false;
    }
    if (entries.size() < MAX_NAMES) {
      return true;
    }
    fs.anomalies().add(item.corrupt(BtrfsFault.DIRECTORY_LIMIT, 0, ""));
    intact = false;
    return false;
  }

  private void add(StructView item, DirItem entry) throws IOException {
    byte[] name = entry.name();
    if (!isName(name)) {
      throw item.corrupt(BtrfsFault.DIRECTORY_NAME, 0, name.length + " bytes");
    }
    if (secondLook && !names.add(latin1(name))) {
      return;
    }
    Key location = entry.location();
    if (!TreeId.isFree(location.objectId()) || !InodeNumber.fits(location.objectId())) {
      throw item.corrupt(BtrfsFault.DIRECTORY_ENTRY, 0, "leads to " + location);
    }
    switch (location.type()) {
      case ItemType.INODE_ITEM ->
          entries.add(new DirectoryEntry(name, InodeNumber.of(subvolume, location.objectId())));
      case ItemType.ROOT_ITEM ->
          entries.add(new DirectoryEntry(name, subvolumeRoot(name, location.objectId())));
      default -> throw item.corrupt(BtrfsFault.DIRECTORY_ENTRY, 0, "leads to " + location);
    }
  }

  private long subvolumeRoot(byte[] name, long id) throws IOException {
    Optional<Subvolume> nested = fs.roots().at(subvolume, directory, name, id);
    if (nested.isPresent()) {
      return InodeNumber.of(nested.get(), TreeId.FIRST_FREE);
    }
    long stub = InodeNumber.stub(subvolume, id);
    stubParents.putIfAbsent(stub, InodeNumber.of(subvolume, directory));
    return stub;
  }

  private static boolean isName(byte[] name) {
    if (name.length == 0 || name.length > MAX_NAME_BYTES) {
      return false;
    }
    for (byte b : name) {
      if (b == 0 || b == '/') {
        return false;
      }
    }
    return name[0] != '.' || name.length > 2 || (name.length == 2 && name[1] != '.');
  }

  private static String latin1(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }
}
