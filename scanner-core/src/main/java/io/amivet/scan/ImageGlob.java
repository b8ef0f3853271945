package io.amivet.scan;

import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FsPath;
import io.amivet.fs.PathLookup;
import io.amivet.glob.Glob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Expands a shell pattern inside an image as glob(3) does: name by name, through symbolic links to
 * directories, without hidden names unless the pattern starts with a dot. A pattern with {@code **}
 * is matched against the walked tree instead.
 */
final class ImageGlob {
  private static final int MAX_PATHS = 10_000;

  private final SystemImage image;

  ImageGlob(SystemImage image) {
    this.image = image;
  }

  List<String> expand(String pattern) {
    return pattern.contains("**") ? walked(pattern) : byName(pattern);
  }

  private List<String> byName(String pattern) {
    List<FsPath> level = List.of(FsPath.ROOT);
    for (String name : pattern.split("/")) {
      if (!name.isEmpty()) {
        level = isLiteral(name) ? descend(level, name) : matching(level, name);
      }
    }
    TreeSet<String> files = new TreeSet<>();
    for (FsPath path : level) {
      if (find(path).filter(entry -> entry.inode().isRegular()).isPresent()) {
        files.add(path.latin1());
      }
    }
    return List.copyOf(files);
  }

  private static List<FsPath> descend(List<FsPath> level, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    return level.stream().map(path -> path.resolve(bytes)).toList();
  }

  private List<FsPath> matching(List<FsPath> level, String pattern) {
    List<Glob> globs = Glob.parse("/" + pattern);
    List<FsPath> next = new ArrayList<>();
    for (FsPath directory : level) {
      for (byte[] name : names(directory)) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        boolean hidden = text.startsWith(".") && !pattern.startsWith(".");
        if (!hidden && next.size() < MAX_PATHS && matches(globs, "/" + text)) {
          next.add(directory.resolve(name));
        }
      }
    }
    return next;
  }

  private List<byte[]> names(FsPath directory) {
    Mount mount = image.mountOf(directory);
    try {
      Optional<FileEntry> found = find(directory);
      if (found.isEmpty() || !found.get().inode().isDirectory()) {
        return List.of();
      }
      return mount.fs().directory(found.get().inode()).entries().stream()
          .map(DirectoryEntry::name)
          .toList();
    } catch (IOException | InternalError unreadable) {
      // The walk meets the same directory and reports the fault.
      return List.of();
    }
  }

  private Optional<FileEntry> find(FsPath path) {
    Mount mount = image.mountOf(path);
    try {
      return new PathLookup(mount.fs()).findFollowing(mount.inMount(path));
    } catch (IOException | InternalError unreadable) {
      return Optional.empty();
    }
  }

  private List<String> walked(String pattern) {
    List<Glob> globs = Glob.parse(pattern);
    TreeSet<String> files = new TreeSet<>();
    for (Mount mount : image.mounts()) {
      for (FileEntry entry : mount.tree().entries()) {
        if (entry.inode().isRegular() && files.size() < MAX_PATHS) {
          String path = mount.mounted(entry.path()).latin1();
          if (matches(globs, path)) {
            files.add(path);
          }
        }
      }
    }
    return List.copyOf(files);
  }

  private static boolean matches(List<Glob> globs, String path) {
    return globs.stream().anyMatch(glob -> glob.matches(path));
  }

  private static boolean isLiteral(String name) {
    return name.chars().noneMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
  }
}
