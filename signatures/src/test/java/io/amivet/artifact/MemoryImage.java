package io.amivet.artifact;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An image of a few files, for tests of parsers. */
public final class MemoryImage implements ImageView {
  private final Map<String, String> files = new TreeMap<>();

  public MemoryImage with(String path, String text) {
    files.put(path, text);
    return this;
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
    List<Account> accounts = new ArrayList<>();
    for (String line : files.getOrDefault("/etc/passwd", "").lines().toList()) {
      String[] f = line.split(":", -1);
      accounts.add(new Account(f[0], Long.parseLong(f[2]), Long.parseLong(f[3]), f[4], f[5], f[6]));
    }
    return accounts;
  }
}
