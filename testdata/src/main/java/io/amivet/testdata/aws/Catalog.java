package io.amivet.testdata.aws;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What the endpoint serves. */
final class Catalog implements AutoCloseable {
  private final Map<String, ServedImage> images = new ConcurrentSkipListMap<>();
  private final Map<String, ServedSnapshot> snapshots = new ConcurrentSkipListMap<>();
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
