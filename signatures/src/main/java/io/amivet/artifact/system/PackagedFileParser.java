package io.amivet.artifact.system;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.PackageIndex.Owned;
import io.amivet.file.FileBytes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares a file with the digest that the image's own package database has for it. A file above 1
 * GiB is not compared.
 */
final class PackagedFileParser implements ArtifactParser {
  private static final long MAX_BYTES = 1L << 30;
  private static final int PIECE_BYTES = 1 << 20;

  @Override
  public String name() {
    return "packaged-file";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    Optional<Owned> owner = image.packages().owner(file.path());
    if (owner.isEmpty()) {
      return List.of();
    }
    Optional<byte[]> digest = digest(file, image, owner.get());
    if (digest.isEmpty() || MessageDigest.isEqual(owner.get().digest(), digest.get())) {
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

  /** Empty if the file is too large, or cannot be read to its end: that is in the coverage. */
  private static Optional<byte[]> digest(ArtifactFile file, ImageView image, Owned owner) {
    MessageDigest digest = of(owner.algorithm());
    if (!file.truncated()) {
      return Optional.of(digest.digest(file.bytes()));
    }
    Optional<FileBytes> whole = image.open(file.path());
    if (whole.isEmpty() || whole.get().sizeBytes() > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      long size = whole.get().sizeBytes();
      for (long at = 0; at < size; at += PIECE_BYTES) {
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, size - at)];
        whole.get().read(at, piece);
        digest.update(piece);
      }
    } catch (IOException | InternalError unreadable) {
      return Optional.empty();
    }
    return Optional.of(digest.digest());
  }

  private static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
