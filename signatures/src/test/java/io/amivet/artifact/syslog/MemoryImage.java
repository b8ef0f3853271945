package io.amivet.artifact.syslog;

import io.amivet.artifact.Account;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An image of a few text files. */
final class MemoryImage implements ImageView {
  private final Map<String, String> files;

  MemoryImage(Map<String, String> files) {
    this.files = new TreeMap<>(files);
  }

  @Override
  public Optional<ArtifactFile> read(String path) {
    return Optional.ofNullable(files.get(path))
        .map(text -> ArtifactFile.of(path, text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Override
  public List<String> glob(String pattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    return files.keySet().stream().filter(path -> matcher.matches(Path.of(path))).toList();
  }

  @Override
  public List<Account> accounts() {
    return List.of();
  }
}
