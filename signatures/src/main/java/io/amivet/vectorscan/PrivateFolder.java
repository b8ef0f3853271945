package io.amivet.vectorscan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A folder that only its owner can read or change, for files that are executed or trusted. A folder
 * that somebody else owns or may write to is refused.
 */
public final class PrivateFolder {
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final Path path;

  private PrivateFolder(Path path) {
    this.path = path;
  }

  /**
   * Opens a folder, and makes it if it is missing.
   *
   * @throws IOException if it cannot be made, or is open to others
   */
  public static PrivateFolder of(Path path) throws IOException {
    Files.createDirectories(path, FOLDER);
    PosixFileAttributes found =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Path probe = Files.createTempFile(path, "probe", "", FILE);
    try {
      boolean own = Files.getOwner(probe).equals(found.owner());
      if (!found.isDirectory() || !own) {
        throw new IOException(path + " is not a folder of the user who runs this");
      }
      if (found.permissions().stream().anyMatch(OTHERS::contains)) {
        throw new IOException(path + " is open to others; chmod 700 it");
      }
    } finally {
      Files.delete(probe);
    }
    return new PrivateFolder(path);
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** Writes a file whole, or not at all: another process sees the old one or the new one. */
  Path write(String name, byte[] content) throws IOException {
    Path written = Files.createTempFile(path, name, ".new", FILE);
    try {
      Files.write(written, content, StandardOpenOption.WRITE);
      return Files.move(
          written, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
