package io.amivet.fs;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds an entry by its path the way a process chrooted into the file system would: symbolic links
 * are followed inside the image, and {@code ..} never leaves the root. Where a directory has lost
 * names, one that is not among the others is a {@link CorruptImageException}, not an absence.
 */
public final class PathLookup {
  /** {@code MAXSYMLINKS} of {@code linux/namei.h}. */
  static final int MAX_SYMLINKS = 40;

  private final FileSystemView fs;

  public PathLookup(FileSystemView fs) {
    this.fs = fs;
  }

  /** The entry at {@code path}; a symbolic link as last name is not followed. */
  public Optional<FileEntry> find(FsPath path) throws IOException {
    return resolve(path, false);
  }

  /** The entry at {@code path}; a symbolic link as last name is followed. */
  public Optional<FileEntry> findFollowing(FsPath path) throws IOException {
    return resolve(path, true);
  }

  private Optional<FileEntry> resolve(FsPath path, boolean followLast) throws IOException {
    Deque<byte[]> pending = new ArrayDeque<>(path.names());
    List<FileEntry> trail = new ArrayList<>();
    trail.add(TreeWalk.root(fs));
    int links = 0;
    while (!pending.isEmpty()) {
      byte[] name = pending.removeFirst();
      FileEntry here = trail.getLast();
      if (name.length == 0 || Arrays.equals(name, new byte[] {'.'})) {
        continue;
      }
      if (Arrays.equals(name, new byte[] {'.', '.'})) {
        if (trail.size() > 1) {
          trail.removeLast();
        }
        continue;
      }
      if (!here.inode().isDirectory()) {
        return Optional.empty();
      }
      Optional<FileEntry> child = child(here, name);
      if (child.isEmpty()) {
        return Optional.empty();
      }
      boolean last = pending.isEmpty();
      if (child.get().inode().type() == FileType.SYMLINK && (!last || followLast)) {
        if (++links > MAX_SYMLINKS) {
          return Optional.empty();
        }
        byte[] target = fs.symlinkTarget(child.get().inode());
        if (target.length > 0 && target[0] == '/') {
          trail.subList(1, trail.size()).clear();
        }
        List<byte[]> names = split(target);
        for (int i = names.size() - 1; i >= 0; i--) {
          pending.addFirst(names.get(i));
        }
      } else {
        trail.add(child.get());
      }
    }
    return Optional.of(trail.getLast());
  }

  private Optional<FileEntry> child(FileEntry directory, byte[] name) throws IOException {
    DirectoryListing listing = fs.directory(directory.inode());
    for (DirectoryEntry entry : listing.entries()) {
      if (Arrays.equals(entry.name(), name)) {
        return Optional.of(
            new FileEntry(directory.path().resolve(name), fs.inode(entry.inodeNumber())));
      }
    }
    if (!listing.complete()) {
      // The name may be among those that are lost: absence is not known.
      ByteRange inode = fs.inodeLocation(directory.inode().number());
      throw new CorruptImageException(
          FileTreeFault.DIRECTORY_INCOMPLETE,
          fs.volume().imageOffset(inode.offset()),
          "directory",
          directory.path().toString());
    }
    return Optional.empty();
  }

  private static List<byte[]> split(byte[] target) {
    List<byte[]> names = new ArrayList<>();
    for (String name : new String(target, StandardCharsets.ISO_8859_1).split("/")) {
      if (!name.isEmpty()) {
        names.add(name.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return names;
  }
}
