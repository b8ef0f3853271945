package io.amivet.testdata.aws;

import java.nio.file.Path;

/**
 * One snapshot: a raw image file and what the services say about it.
 *
 * @param image the raw disk; bytes after its end read as zeros up to the volume size
 * @param volumeSizeGib whole GiB, as EBS counts
 * @param state {@code completed}, {@code pending} or {@code error}
 * @param storageTier {@code standard} or {@code archive}
 */
public record ServedSnapshot(
    String id,
    Path image,
    int volumeSizeGib,
    String state,
    boolean encrypted,
    String ownerId,
    String storageTier) {
  static final String OWN_ACCOUNT = "123456789012";

  /** A completed, unencrypted snapshot of the caller's own account. */
  public static ServedSnapshot of(String id, Path image, int volumeSizeGib) {
    return new ServedSnapshot(
        id, image, volumeSizeGib, "completed", false, OWN_ACCOUNT, "standard");
  }

  public ServedSnapshot withState(String newState) {
    return new ServedSnapshot(id, image, volumeSizeGib, newState, encrypted, ownerId, storageTier);
  }

  public ServedSnapshot withStorageTier(String newTier) {
    return new ServedSnapshot(id, image, volumeSizeGib, state, encrypted, ownerId, newTier);
  }

  public ServedSnapshot withEncryption() {
    return new ServedSnapshot(id, image, volumeSizeGib, state, true, ownerId, storageTier);
  }

  public ServedSnapshot withOwner(String newOwnerId) {
    return new ServedSnapshot(id, image, volumeSizeGib, state, encrypted, newOwnerId, storageTier);
  }
}
