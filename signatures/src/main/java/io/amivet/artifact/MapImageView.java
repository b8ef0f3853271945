package io.amivet.artifact;

import io.amivet.glob.Glob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An image that is a map from paths to contents: the samples of rules, and tests. */
public final class MapImageView implements ImageView {
  private static final int MAX_GLOB_RESULTS = 10_000;

  private final NavigableMap<String, ArtifactFile> files;
  private final List<Account> accounts;

  private final Set<String> links;

  private MapImageView(NavigableMap<String, ArtifactFile> files, Set<String> links) {
    this.files = files;
    this.links = links;
    ArtifactFile passwd = files.get("/etc/passwd");
    this.accounts = passwd == null ? List.of() : Accounts.parse(passwd.bytes());
  }

  /** Contents as Latin-1 text. */
  public static MapImageView ofTexts(Map<String, String> texts) {
    List<ArtifactFile> files = new ArrayList<>();
    texts.forEach((path, text) ->
        files.add(ArtifactFile.of(path, text.getBytes(StandardCharsets.ISO_8859_1))));
    return of(files);
  }

  public static MapImageView of(List<ArtifactFile> files) {
    NavigableMap<String, ArtifactFile> byPath = new TreeMap<>();
    for (ArtifactFile file : files) {
      byPath.put(file.path(), file);
    }
    return new MapImageView(byPath, Set.of());
  }

  /** The same with symbolic links of these names, which lead nowhere. */
  public MapImageView withLinks(Set<String> names) {
    return new MapImageView(files, Set.copyOf(names));
  }

  @Override
  public boolean isLink(String path) {
    return links.contains(path);
  }

  @Override
  public Optional<ArtifactFile> read(String path) {
    return Optional.ofNullable(files.get(path)).filter(f -> f.bytes().length <= MAX_FILE_BYTES);
  }

  @Override
  public List<String> glob(String pattern) {
    List<Glob> globs = Glob.parse(pattern);
    return files.keySet().stream()
        .filter(path -> globs.stream().anyMatch(glob -> glob.matches(path)))
        .limit(MAX_GLOB_RESULTS)
        .toList();
  }

  @Override
  public List<Account> accounts() {
    return accounts;
  }
}
