package io.amivet.cli;

import io.amivet.fs.FsPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of this machine that receives files of an image and never leads outside itself.
 *
 * <p>Each name is one plain component, whatever bytes the image has for it; each directory on the
 * way is looked at itself (no symbolic link is followed, neither one that was here before nor one
 * from the image); whatever exists already is left alone. Assumes that nobody else changes the
 * folder meanwhile.
 */
final class TargetFolder {
  private final Path root;
  private final Map<FsPath, Path> directories = new HashMap<>();
  private final List<FsPath> created = new ArrayList<>();

  /** Opens {@code folder}, making it if need be; it may itself be reached through links. */
  TargetFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    root = folder.toRealPath();
    directories.put(FsPath.ROOT, root);
  }

  /** Directories that were made here, parents first. */
  List<FsPath> created() {
    return List.copyOf(created);
  }

  /** The place for an entry that is not a directory; its parents exist, itself perhaps not. */
  Path place(FsPath path) throws IOException {
    if (path.isRoot()) {
      throw new FileAlreadyExistsException(root.toString());
    }
    return child(directory(path.parent()), path.name());
  }

  /** A real directory for this path, made if need be, private until the end. */
  Path directory(FsPath path) throws IOException {
    Path known = directories.get(path);
    if (known != null) {
      return known;
    }
    FsPath at = FsPath.ROOT;
    Path here = root;
    for (byte[] name : path.names()) {
      at = at.resolve(name);
      Path next = directories.get(at);
      if (next == null) {
        next = makeDirectory(at, child(here, name));
        directories.put(at, next);
      }
      here = next;
    }
    return here;
  }

  private Path makeDirectory(FsPath path, Path place) throws IOException {
    if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return place;
    }
    Files.createDirectory(
        place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    created.add(path);
    return place;
  }

  private static Path child(Path parent, byte[] name) throws IOException {
    String text = fileName(name);
    try {
      Path child = parent.resolve(text);
      // Holds for every name that fileName lets through; the last line of defence.
      if (!parent.equals(child.getParent()) || !child.getFileName().toString().equals(text)) {
        throw new RefusedException("not a plain file name");
      }
      return child;
    } catch (InvalidPathException e) {
      throw new RefusedException("this machine cannot express the file name");
    }
  }

  /** The name here for a name there: bytes that are not UTF-8 are shown as {@code \xNN}. */
  static String fileName(byte[] name) throws IOException {
    String text = decode(name);
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new RefusedException("the image names a file '" + text + "'");
    }
    if (text.indexOf('/') >= 0 || text.indexOf('\0') >= 0) {
      throw new RefusedException("the image has a slash or NUL inside a file name");
    }
    return text;
  }

  private static String decode(byte[] name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
    } catch (CharacterCodingException notUtf8) {
      return TerminalText.escape(name);
    }
  }
}
