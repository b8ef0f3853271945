package io.amivet.testdata.aws;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One snapshot: a raw image file and what the services say about it.
 *
 * @param image the raw disk; bytes after its end read as zeros up to the volume size
 * @param volumeSizeGib whole GiB, as EBS counts
 * @param state {@code completed}, {@code pending} or {@code error}
 * @param kmsKey ARN of the key that it is encrypted with; empty if it is not
 * @param storageTier {@code standard} or {@code archive}
 * @param volumeId the volume it was made from; snapshots of one volume are a lineage
 * @param access who but the owner may make volumes from it
 */
public record ServedSnapshot(
    String id,
    Path image,
    int volumeSizeGib,
    String state,
    String kmsKey,
    String ownerId,
    String storageTier,
    String volumeId,
    Access access,
    Map<String, String> tags) {
  /** The account of whoever asks, unless a {@link Principal} says otherwise. */
  public static final String OWN_ACCOUNT = "123456789012";

  public ServedSnapshot {
    tags = Map.copyOf(tags);
  }

  /**
   * The permission to make volumes.
   *
   * @param all whether the snapshot is public
   * @param accounts those that it is shared with
   */
  public record Access(boolean all, Set<String> accounts) {
    static final Access NONE = new Access(false, Set.of());

    public Access {
      accounts = Set.copyOf(accounts);
    }
  }

  /** A completed, unencrypted snapshot of the caller's own account. */
  public static ServedSnapshot of(String id, Path image, int volumeSizeGib) {
    return new ServedSnapshot(
        id,
        image,
        volumeSizeGib,
        "completed",
        "",
        OWN_ACCOUNT,
        "standard",
        "vol-ffffffff",
        Access.NONE,
        Map.of());
  }

  public ServedSnapshot withState(String to) {
    return new ServedSnapshot(
        id, image, volumeSizeGib, to, kmsKey, ownerId, storageTier, volumeId, access, tags);
  }

  public ServedSnapshot withStorageTier(String to) {
    return new ServedSnapshot(
        id, image, volumeSizeGib, state, kmsKey, ownerId, to, volumeId, access, tags);
  }

  /** Encrypted with some key of the owner. */
  public ServedSnapshot withEncryption() {
    return withKey(
        "arn:aws:kms:eu-west-1:" + ownerId + ":key/01234567-89ab-cdef-0123-456789abcdef");
  }

  public ServedSnapshot withKey(String to) {
    return new ServedSnapshot(
        id, image, volumeSizeGib, state, to, ownerId, storageTier, volumeId, access, tags);
  }

  public ServedSnapshot withOwner(String to) {
    return new ServedSnapshot(
        id, image, volumeSizeGib, state, kmsKey, to, storageTier, volumeId, access, tags);
  }

  /** One of a lineage: the snapshots of a volume. */
  public ServedSnapshot ofVolume(String to) {
    return new ServedSnapshot(
        id, image, volumeSizeGib, state, kmsKey, ownerId, storageTier, to, access, tags);
  }

  public ServedSnapshot shared(String... accounts) {
    return withAccess(new Access(access.all(), Set.of(accounts)));
  }

  public ServedSnapshot madePublic() {
    return withAccess(new Access(true, access.accounts()));
  }

  private ServedSnapshot withAccess(Access to) {
    return new ServedSnapshot(
        id, image, volumeSizeGib, state, kmsKey, ownerId, storageTier, volumeId, to, tags);
  }

  /** With these tags beside those it has. */
  public ServedSnapshot withTags(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(tags);
    all.putAll(more);
    return new ServedSnapshot(
        id, image, volumeSizeGib, state, kmsKey, ownerId, storageTier, volumeId, access, all);
  }

  boolean encrypted() {
    return !kmsKey.isEmpty();
  }

  boolean isOwnedBy(Principal caller) {
    return ownerId.equals(caller.account());
  }

  boolean isSharedWith(Principal caller) {
    return access.accounts().contains(caller.account());
  }

  boolean isVisibleTo(Principal caller) {
    return isOwnedBy(caller) || isSharedWith(caller) || access.all();
  }

  /** The same bytes as a new snapshot of another owner, of no volume that still exists. */
  ServedSnapshot copy(String newId, String newOwner, String newKey, Map<String, String> newTags) {
    return new ServedSnapshot(
        newId,
        image,
        volumeSizeGib,
        "pending",
        newKey,
        newOwner,
        "standard",
        "vol-ffffffff",
        Access.NONE,
        newTags);
  }
}
