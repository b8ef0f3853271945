package io.amivet.artifact.system;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.PackageIndex.Owned;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares a file with the digest that the image's own package database has for it. A file above
 * {@link ImageView#MAX_FILE_BYTES} is not compared.
 */
final class PackagedFileParser implements ArtifactParser {

  @Override
  public String name() {
    return "packaged-file";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    if (file.truncated()) {
      return List.of();
    }
    Optional<Owned> owner = image.packages().owner(file.path());
    if (owner.isEmpty() || MessageDigest.isEqual(owner.get().digest(), digest(file, owner.get()))) {
      return List.of();
    }
    String name = owner.get().packageName();
    return List.of(
        new Artifact(
            "changed-file",
            0,
            -1,
            Evidence.of("not the file that package " + name + " brought"),
            Map.of("package", name, "algorithm", owner.get().algorithm()),
            List.of()));
  }

  private static byte[] digest(ArtifactFile file, Owned owner) {
    try {
      return MessageDigest.getInstance(owner.algorithm()).digest(file.bytes());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
