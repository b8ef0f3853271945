package io.amivet.source;

import io.amivet.block.BlockDevice;
import io.amivet.source.disk.Siblings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files in the folder of a disk image that describes its disk by their names. An image is not
 * trusted to name files of this machine: only regular files right beside it, not through links.
 */
final class FolderSiblings implements Siblings {
  /** A disk of 2 TiB in pieces of 2 GiB; each takes a descriptor and a map. */
  private static final int MAX_FILES = 1024;

  private final Path image;
  private final List<Closeable> opened;
  private final Map<String, BlockDevice> byName = new HashMap<>();

  /**
   * @param opened receives each file for its owner to close
   */
  FolderSiblings(Path image, List<Closeable> opened) {
    this.image = image;
    this.opened = opened;
  }

  @Override
  public BlockDevice open(String name) throws IOException {
    BlockDevice known = byName.get(name);
    if (known == null) {
      known = map(name);
      byName.put(name, known);
    }
    return known;
  }

  private RawImage map(String name) throws IOException {
    if (!isPlainName(name) || byName.size() >= MAX_FILES) {
      throw new AcquisitionException(
          image + " names '" + name + "' as a part of its disk, which is not a file beside it",
          null);
    }
    Path file = image.resolveSibling(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new AcquisitionException(
          image + " names '" + name + "' as a part of its disk, but there is no such file", null);
    }
    RawImage part = RawImage.openNoFollow(file);
    opened.add(part);
    return part;
  }

  private static boolean isPlainName(String name) {
    try {
      Path path = Path.of(name);
      return !name.isEmpty()
          && !name.contains("/")
          && !name.contains("\\")
          && !name.equals("..")
          && !name.equals(".")
          && path.getNameCount() == 1
          && !path.isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
