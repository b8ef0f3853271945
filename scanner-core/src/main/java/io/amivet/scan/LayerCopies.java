package io.amivet.scan;

import io.amivet.finding.Finding;
import io.amivet.fs.FsPath;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * containerd keeps each layer twice: as the archive that was pulled, and unpacked. What is found in
 * both is one finding, in the unpacked layer; its field {@code alsoIn} names the archive.
 */
final class LayerCopies {
  private static final String SNAPSHOTS =
      "((?:.*/)?)io\\.containerd\\.snapshotter\\.v1\\.[^/]+/snapshots/[0-9]+/fs(/.+)";

  private static final Pattern UNPACKED = Pattern.compile(SNAPSHOTS);
  private static final Pattern ARCHIVE =
      Pattern.compile("((?:.*/)?)(io\\.containerd\\.content\\.v1\\.content/blobs/.+)");

  private LayerCopies() {}

  /** What two copies of a finding have in common. Lives as long as the merging. */
  private record Key(int volume, String store, String rule, String path, String evidence) {
    static Key of(Finding finding, String store, String path) {
      return new Key(
          finding.volume(), store, finding.rule().id(), path, finding.evidence().revealed());
    }
  }

  /** Takes the copies out of {@code findings}. */
  static void merge(List<Finding> findings) {
    Map<Key, Integer> unpacked = new HashMap<>();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      Optional<Key> key = match(UNPACKED, finding.path()).map(m -> unpackedKey(finding, m));
      if (key.isPresent()) {
        unpacked.putIfAbsent(key.get(), i);
      }
    }
    if (unpacked.isEmpty()) {
      return;
    }
    Set<Finding> copies = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < findings.size(); i++) {
      Finding copy = findings.get(i);
      Optional<Matcher> archive =
          copy.member().isEmpty() ? Optional.empty() : match(ARCHIVE, copy.path());
      Integer original = archive.map(m -> unpacked.get(archiveKey(copy, m))).orElse(null);
      if (archive.isPresent() && original != null) {
        Finding kept = findings.get(original);
        findings.set(original, kept.withField("alsoIn", archive.get().group(2)));
        copies.add(copy);
      }
    }
    findings.removeIf(copies::contains);
  }

  private static Key unpackedKey(Finding finding, Matcher match) {
    String member = finding.member().isEmpty() ? "" : "!" + finding.member();
    return Key.of(finding, match.group(1), match.group(2) + member);
  }

  private static Key archiveKey(Finding finding, Matcher match) {
    return Key.of(finding, match.group(1), "/" + finding.member());
  }

  private static Optional<Matcher> match(Pattern pattern, FsPath path) {
    Matcher matcher = pattern.matcher(path.toString());
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }
}
