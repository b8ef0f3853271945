package io.amivet.fs;

import java.util.List;

/**
 * What could be read of one directory.
 *
 * @param entries in the order of the disk, without {@code .} and {@code ..}
 * @param complete false if names are missing: a part was damaged, or a limit was met
 */
public record DirectoryListing(List<DirectoryEntry> entries, boolean complete) {
  public DirectoryListing {
    entries = List.copyOf(entries);
  }
}
