package io.amivet.testdata.aws;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What the endpoint serves. */
final class Catalog implements AutoCloseable {
  private final Map<String, ServedImage> images = new ConcurrentSkipListMap<>();
  private final Map<String, ServedSnapshot> snapshots = new ConcurrentSkipListMap<>();
  private final Map<String, Principal> principals = new ConcurrentHashMap<>();
  private final Map<String, SnapshotBlocks> blocks = new ConcurrentHashMap<>();

  void add(ServedImage image) {
    images.put(image.id(), image);
  }

  void add(ServedSnapshot snapshot) throws IOException {
    SnapshotBlocks old = blocks.put(snapshot.id(), new SnapshotBlocks(snapshot));
    snapshots.put(snapshot.id(), snapshot);
    if (old != null) {
      old.close();
    }
  }

  void add(Principal principal) {
    principals.put(principal.accessKey(), principal);
  }

  /** The administrator of the own account for keys that nobody was given. */
  Principal principal(String accessKey) {
    Principal known = principals.get(accessKey);
    return known == null ? Principal.administrator(accessKey, ServedSnapshot.OWN_ACCOUNT) : known;
  }

  /** Changes what is said about a snapshot, not its bytes. */
  void update(ServedSnapshot snapshot) {
    snapshots.replace(snapshot.id(), snapshot);
  }

  void removeSnapshot(String id) throws IOException {
    snapshots.remove(id);
    SnapshotBlocks old = blocks.remove(id);
    if (old != null) {
      old.close();
    }
  }

  void removeImage(String id) {
    images.remove(id);
  }

  Collection<ServedImage> images() {
    return images.values();
  }

  Collection<ServedSnapshot> snapshots() {
    return snapshots.values();
  }

  @Nullable ServedImage image(String id) {
    return images.get(id);
  }

  @Nullable ServedSnapshot snapshot(String id) {
    return snapshots.get(id);
  }

  @Nullable SnapshotBlocks blocks(String snapshotId) {
    return blocks.get(snapshotId);
  }

  @Override
  public void close() throws IOException {
    for (SnapshotBlocks open : blocks.values()) {
      open.close();
    }
  }
}
