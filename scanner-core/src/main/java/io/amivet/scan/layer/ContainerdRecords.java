package io.amivet.scan.layer;

import io.amivet.scan.layer.BoltFile.Bucket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of containerd: {@code metadata.db} of the snapshotter says which snapshot lies upon
 * which, {@code meta.db} which image and container has a snapshot (containerd, {@code
 * core/metadata/buckets.go} and {@code core/snapshots/storage/bolt.go}).
 *
 * <pre>
 * metadata.db   v1/snapshots/KEY/{id, parent}
 * meta.db       v1/NAMESPACE/images/NAME/target/digest
 *               v1/NAMESPACE/content/blob/DIGEST/labels/{containerd.io/gc.ref.…}
 *               v1/NAMESPACE/snapshots/SNAPSHOTTER/NAME/name       the KEY
 *               v1/NAMESPACE/containers/ID/{image, snapshotter, snapshotKey}
 * </pre>
 */
final class ContainerdRecords {
  private static final String CONTENT_REFERENCE = "containerd.io/gc.ref.content.";
  private static final String SNAPSHOT_REFERENCE = "containerd.io/gc.ref.snapshot.";

  /** An index names manifests, a manifest its configuration, that the topmost snapshot. */
  private static final int MAX_REFERENCES_DEEP = 3;

  private static final int MAX_REFERENCES = 10_000;

  private final String snapshotter;
  private final Map<String, String> idOfKey = new HashMap<>();
  private final LayerNames names = new LayerNames();
  private int leftReferences = MAX_REFERENCES;

  private ContainerdRecords(String snapshotter) {
    this.snapshotter = snapshotter;
  }

  static List<String> files(String snapshotter) {
    return List.of(snapshotsFile(snapshotter), "io.containerd.metadata.v1.bolt/meta.db");
  }

  private static String snapshotsFile(String snapshotter) {
    return "io.containerd.snapshotter.v1." + snapshotter + "/metadata.db";
  }

  static LayerNames read(StoreFiles files, String snapshotter) {
    ContainerdRecords records = new ContainerdRecords(snapshotter);
    BoltFile.open(files.bytes(snapshotsFile(snapshotter)))
        .ifPresent(file -> records.snapshots(file.root().bucket("v1", "snapshots")));
    Optional<BoltFile> meta = BoltFile.open(files.bytes("io.containerd.metadata.v1.bolt/meta.db"));
    if (meta.isPresent()) {
      Bucket version = meta.get().root().bucket("v1");
      version.bucketNames().forEach(namespace -> records.namespace(version.bucket(namespace)));
    }
    return records.names;
  }

  private void snapshots(Bucket snapshots) {
    Map<String, String> parents = new HashMap<>();
    for (String key : snapshots.bucketNames()) {
      Bucket snapshot = snapshots.bucket(key);
      long id = snapshot.number("id");
      if (id >= 0) {
        idOfKey.put(key, Long.toString(id));
        parents.put(Long.toString(id), snapshot.text("parent"));
      }
    }
    parents.forEach((id, parent) -> names.lies(id, idOfKey.getOrDefault(parent, id)));
  }

  private void namespace(Bucket namespace) {
    Bucket snapshots = namespace.bucket("snapshots", snapshotter);
    Bucket blobs = namespace.bucket("content", "blob");
    Bucket images = namespace.bucket("images");
    for (String name : images.bucketNames()) {
      // The kubelet's own names for images are digests; people know the others.
      if (!name.startsWith("sha256:") && !name.contains("@")) {
        image(name, images.bucket(name, "target").text("digest"), blobs, snapshots, 0);
      }
    }
    Bucket containers = namespace.bucket("containers");
    for (String container : containers.bucketNames()) {
      Bucket record = containers.bucket(container);
      String id = id(snapshots, record.text("snapshotKey"));
      if (!id.isEmpty() && record.text("snapshotter").equals(snapshotter)) {
        String inPod = record.bucket("labels").text("io.kubernetes.container.name");
        names.container(id, inPod.isEmpty() ? container : inPod);
        if (!record.text("image").isEmpty()) {
          names.imageOfContainer(id, record.text("image"));
        }
      }
    }
  }

  private void image(String name, String digest, Bucket blobs, Bucket snapshots, int depth) {
    Bucket labels = blobs.bucket(digest, "labels");
    String top = id(snapshots, labels.text(SNAPSHOT_REFERENCE + snapshotter));
    if (!top.isEmpty()) {
      names.image(top, name);
    }
    for (String label : labels.keys()) {
      if (label.startsWith(CONTENT_REFERENCE)
          && depth < MAX_REFERENCES_DEEP
          && leftReferences-- > 0) {
        image(name, labels.text(label), blobs, snapshots, depth + 1);
      }
    }
  }

  /** The id of the snapshot that a namespace calls {@code name}; empty if there is none. */
  private String id(Bucket snapshots, String name) {
    return name.isEmpty() ? "" : idOfKey.getOrDefault(snapshots.bucket(name).text("name"), "");
  }
}
