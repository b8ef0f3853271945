package io.amivet.artifact.ssh;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys that may log in, from {@code authorized_keys} files wherever they lie (sshd(8)). A file
 * that an {@code AuthorizedKeysFile} directive leads to is read by {@link SshdConfigParser}.
 */
final class AuthorizedKeysParser implements ArtifactParser {

  /** More lines than any real file has; what lies beyond is left to the first findings to tell. */
  static final int MAX_KEYS = 1_000;

  @Override
  public String name() {
    return "authorized-keys";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    KeyOwner owner = KeyOwner.ofPath(file.path(), image);
    List<Artifact> artifacts = new ArrayList<>();
    int keys = 0;
    for (TextLines.Line line : TextLines.of(file)) {
      AuthorizedKey key = AuthorizedKey.parse(line.text()).orElse(null);
      if (key != null && keys++ < MAX_KEYS) {
        artifacts.addAll(new KeyFacts(key, owner, line.number(), line.offset()).artifacts());
      }
    }
    return artifacts;
  }
}
