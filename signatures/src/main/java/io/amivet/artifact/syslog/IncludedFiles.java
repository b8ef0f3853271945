package io.amivet.artifact.syslog;

import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A configuration file and all that it includes, each once however often it is named, so that
 * circles end.
 */
final class IncludedFiles {
  private static final int MAX_FILES = 500;

  /** Include lines followed, over all files: each costs a look through a directory. */
  private static final int MAX_PATTERNS = 1_000;

  private static final long MAX_BYTES = 32L << 20;

  private final ImageView image;
  private final List<ArtifactFile> files = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private long readBytes;
  private int patterns;

  private IncludedFiles(ImageView image) {
    this.image = image;
  }

  /**
   * @param includesOf the patterns that a file includes
   */
  static List<ArtifactFile> of(
      ArtifactFile first, ImageView image, Function<ArtifactFile, List<String>> includesOf) {
    IncludedFiles included = new IncludedFiles(image);
    Deque<ArtifactFile> pending = new ArrayDeque<>();
    included.seen.add(first.path());
    pending.add(first);
    while (!pending.isEmpty() && included.hasRoom()) {
      ArtifactFile file = pending.remove();
      included.files.add(file);
      included.readBytes += file.bytes().length;
      for (String pattern : includesOf.apply(file)) {
        if (included.patterns++ >= MAX_PATTERNS) {
          break;
        }
        for (String path : included.paths(pattern, file.path())) {
          if (pending.size() < MAX_FILES && included.seen.add(path)) {
            image.read(path).ifPresent(pending::add);
          }
        }
      }
    }
    return included.files;
  }

  private boolean hasRoom() {
    return files.size() < MAX_FILES && readBytes < MAX_BYTES;
  }

  /** What {@code pattern} names: a glob, or all visible files of a directory. */
  private List<String> paths(String pattern, String includer) {
    String absolute =
        pattern.startsWith("/")
            ? pattern
            : includer.substring(0, includer.lastIndexOf('/') + 1) + pattern;
    List<String> paths = absolute.endsWith("/") ? List.of() : image.glob(absolute);
    if (paths.isEmpty()) {
      String directory = absolute.endsWith("/") ? absolute : absolute + "/";
      paths = image.glob(directory + "*");
    }
    return paths.stream()
        .filter(path -> path.charAt(path.lastIndexOf('/') + 1) != '.')
        .limit(MAX_FILES)
        .toList();
  }
}
