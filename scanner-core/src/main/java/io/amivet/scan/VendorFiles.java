package io.amivet.scan;

import io.amivet.artifact.ImageView;
import io.amivet.artifact.PackageIndex.Owned;
import io.amivet.fs.ContentReader;
import io.amivet.plan.PlannedFile;
import io.amivet.rule.Rule;
import io.amivet.rule.Rule.Condition;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what the distribution wrote from what the builder of an image left: a file with the digest
 * that the image's own package database has for it holds no secret of the builder's. Only files
 * with findings are asked about. For one thread.
 *
 * <p>The database is part of the image and can be forged, so only secrets are judged more mildly:
 * what runs, who may log in and what listens is not.
 */
final class VendorFiles {
  private static final int PIECE_BYTES = 64 << 10;

  /** Parsers that look for secrets. */
  private static final Set<String> OF_SECRETS = Set.of("private-keys", "keystore");

  private final Mount mount;
  private final ImageView image;

  VendorFiles(Mount mount, ImageView image) {
    this.mount = mount;
    this.image = image;
  }

  /** Whether a rule looks for secrets in contents. */
  static boolean isAboutSecrets(Rule rule) {
    return rule.condition() instanceof Condition.Content
        || (rule.condition() instanceof Condition.Parsed parsed
            && OF_SECRETS.contains(parsed.parser()));
  }

  /**
   * The package that a file came with, if it is as it came.
   *
   * @throws IOException if the file cannot be read again
   */
  Optional<String> unchanged(PlannedFile file) throws IOException {
    Optional<Owned> owner = image.packages().owner(file.mountedPath());
    if (owner.isEmpty()
        || !MessageDigest.isEqual(owner.get().digest(), digest(file, owner.get()))) {
      return Optional.empty();
    }
    return Optional.of(owner.get().packageName());
  }

  private byte[] digest(PlannedFile file, Owned owner) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(owner.algorithm());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    ContentReader reader = new ContentReader(mount.fs().volume(), file.content());
    byte[] piece = new byte[PIECE_BYTES];
    for (long at = 0; at < reader.sizeBytes(); ) {
      int count = (int) Math.min(PIECE_BYTES, reader.sizeBytes() - at);
      reader.read(at, MemorySegment.ofArray(piece).asSlice(0, count));
      digest.update(piece, 0, count);
      at += count;
    }
    return digest.digest();
  }
}
