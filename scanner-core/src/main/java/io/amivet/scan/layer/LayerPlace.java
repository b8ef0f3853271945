package io.amivet.scan.layer;

import io.amivet.fs.FsPath;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which directories hold layers, by where they lie in the folder of an engine ("store").
 *
 * <pre>
 * docker, podman, buildah, CRI-O   STORE/{overlay2,overlay,fuse-overlayfs}/ID/diff
 *                                  STORE/vfs/dir/ID, STORE/btrfs/subvolumes/ID, STORE/aufs/diff/ID
 *                                  STORE/volumes/NAME/_data
 * containerd                       STORE/io.containerd.snapshotter.v1.NAME/snapshots/N/fs
 *                                  (without fs for the native and btrfs snapshotters)
 * </pre>
 *
 * @param store the folder of the engine
 * @param driver name of the storage driver, or of the snapshotter
 * @param id what the driver calls the layer
 */
record LayerPlace(Kind kind, FsPath store, String driver, String id) {
  private static final String SNAPSHOTTER = "io.containerd.snapshotter.v1.";

  /** Whose naming applies. */
  enum Kind {
    LAYER,
    SNAPSHOT,
    VOLUME
  }

  /** The place that {@code directory} is by its path alone; the store is still to be confirmed. */
  static Optional<LayerPlace> of(FsPath directory) {
    FsPath parent = directory.parent();
    FsPath second = parent.parent();
    FsPath third = second.parent();
    String name = text(directory);
    return switch (name) {
      case "diff" -> ofLayerFolder(text(second), parent, third);
      case "fs" -> ofSnapshot(parent);
      case "_data" ->
          text(second).equals("volumes")
              ? Optional.of(new LayerPlace(Kind.VOLUME, third, "volumes", text(parent)))
              : Optional.empty();
      default -> ofWhole(directory, text(parent), second, third).or(() -> ofNative(directory));
    };
  }

  private static Optional<LayerPlace> ofLayerFolder(String driver, FsPath layer, FsPath store) {
    return switch (driver) {
      case "overlay2", "overlay", "fuse-overlayfs" ->
          Optional.of(new LayerPlace(Kind.LAYER, store, driver, text(layer)));
      default -> Optional.empty();
    };
  }

  /** Drivers whose layers are folders of their own, with nothing beside the contents. */
  private static Optional<LayerPlace> ofWhole(
      FsPath layer, String parent, FsPath second, FsPath third) {
    return switch (text(second) + "/" + parent) {
      case "vfs/dir", "btrfs/subvolumes", "aufs/diff" ->
          Optional.of(new LayerPlace(Kind.LAYER, third, text(second), text(layer)));
      default -> Optional.empty();
    };
  }

  private static Optional<LayerPlace> ofSnapshot(FsPath snapshot) {
    FsPath snapshots = snapshot.parent();
    String plugin = text(snapshots.parent());
    if (!text(snapshots).equals("snapshots") || !plugin.startsWith(SNAPSHOTTER)) {
      return Optional.empty();
    }
    String driver = plugin.substring(SNAPSHOTTER.length());
    FsPath store = snapshots.parent().parent();
    return Optional.of(new LayerPlace(Kind.SNAPSHOT, store, driver, text(snapshot)));
  }

  private static Optional<LayerPlace> ofNative(FsPath snapshot) {
    return ofSnapshot(snapshot)
        .filter(place -> place.driver().equals("native") || place.driver().equals("btrfs"));
  }

  /** Another layer of the same store. */
  LayerPlace with(String otherId) {
    return new LayerPlace(kind, store, driver, otherId);
  }

  private static String text(FsPath path) {
    return new String(path.name(), StandardCharsets.ISO_8859_1);
  }
}
