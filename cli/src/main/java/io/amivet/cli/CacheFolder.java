package io.amivet.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The private folder of one command for what it fetches or decompresses. Gone when the command
 * ends, in whatever way.
 */
final class CacheFolder implements Closeable {
  private final Path path;
  private final ExitCleanup.Registration registration;

  private CacheFolder(Path path, ExitCleanup cleanup) {
    this.path = path;
    this.registration = cleanup.register(this::delete);
  }

  /**
   * @param parent where the user wants it; null for the system's folder of temporary files
   */
  static CacheFolder make(@Nullable Path parent, ExitCleanup cleanup) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    try {
      if (parent == null) {
        return new CacheFolder(Files.createTempDirectory("amivet-", ownerOnly), cleanup);
      }
      Files.createDirectories(parent, ownerOnly);
      return new CacheFolder(Files.createTempDirectory(parent, "amivet-", ownerOnly), cleanup);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "cannot make a cache folder in "
              + (parent == null ? "the system's folder of temporary files" : parent)
              + ": "
              + e.getMessage()
              + "; choose another with --cache-dir");
    }
  }

  Path path() {
    return path;
  }

  private void delete() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(path)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException alreadyGone) {
      return;
    }
    for (Path one : deepestFirst) {
      Files.deleteIfExists(one);
    }
  }

  @Override
  public void close() throws IOException {
    registration.close();
    delete();
  }
}
