package io.amivet.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
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
  private static final int MAX_ATTEMPTS = 100;

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
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        return new CacheFolder(makeNew(temporary, ownerOnly), cleanup);
      }
      Files.createDirectories(parent, ownerOnly);
      return new CacheFolder(makeNew(parent, ownerOnly), cleanup);
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

  /**
   * Like {@link Files#createTempDirectory}, without the secure random numbers, which cost more than
   * a whole listing's walk: making a directory fails if anything is there, so that a name which can
   * be guessed gives nobody a way in.
   */
  private static Path makeNew(Path parent, FileAttribute<?> ownerOnly) throws IOException {
    String process = "amivet-" + ProcessHandle.current().pid() + "-";
    for (int attempt = 1; ; attempt++) {
      try {
        String unique = Long.toHexString(System.nanoTime());
        return Files.createDirectory(parent.resolve(process + unique), ownerOnly);
      } catch (FileAlreadyExistsException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
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
