package io.amivet.scan.layer;

import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import io.amivet.fs.PathLookup;
import io.amivet.scan.layer.LayerPlace.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the layers of containers in a walked file system, wherever an engine was told to keep them:
 * as root, in a home, on a disk of its own.
 */
public final class LayerRoots {
  /** Beyond these, layers are judged as the ordinary folders that they are too. */
  static final int MAX_LAYERS = 20_000;

  /** Whose records are read; the layers of more are found without their names. */
  private static final int MAX_STORES = 100;

  /** One of which an engine has that also has volumes. */
  private static final List<String> VOLUME_OWNERS =
      List.of("image/", "containers/", "libpod/", "overlay-layers/", "vfs-layers/");

  private final FileSystemView fs;
  private final List<FileEntry> entries;
  private final Map<LayerPlace, FileEntry> places = new LinkedHashMap<>();

  private LayerRoots(FileSystemView fs, FileTree tree) {
    this.fs = fs;
    this.entries = tree.entries();
  }

  /** The layers, outer ones before those that lie in them. */
  public static List<LayerRoot> find(FileSystemView fs, FileTree tree) {
    return new LayerRoots(fs, tree).find();
  }

  private record Store(FsPath folder, String driver, Kind kind) {
    static Store of(LayerPlace place) {
      return new Store(place.store(), place.driver(), place.kind());
    }
  }

  private List<LayerRoot> find() {
    for (FileEntry entry : entries) {
      if (entry.inode().isDirectory() && places.size() < MAX_LAYERS) {
        LayerPlace.of(entry.path()).ifPresent(place -> places.put(place, entry));
      }
    }
    Map<Store, Optional<LayerNames>> stores = new HashMap<>();
    for (LayerPlace place : places.keySet()) {
      if (stores.size() < MAX_STORES) {
        stores.computeIfAbsent(Store.of(place), this::names);
      }
    }
    List<LayerRoot> roots = new ArrayList<>();
    places.forEach((place, entry) -> {
      Optional<LayerNames> names = stores.getOrDefault(Store.of(place), Optional.empty());
      if (names.isPresent() || hasLink(entry)) {
        roots.add(root(place, entry, names.orElseGet(LayerNames::new)));
      }
    });
    return roots;
  }

  private LayerRoot root(LayerPlace place, FileEntry entry, LayerNames names) {
    FileEntry lower = places.get(place.with(names.below(place.id())));
    return new LayerRoot(
        entry.path(),
        entry.inode(),
        lower == null ? FsPath.ROOT : lower.path(),
        place.kind() == Kind.VOLUME
            ? Map.of("containerVolume", place.id())
            : names.labels(place.id()));
  }

  /** What the records say; empty if there are none, and the folder is an engine's by name only. */
  private Optional<LayerNames> names(Store store) {
    return switch (store.kind()) {
      case SNAPSHOT ->
          Optional.of(
              ContainerdRecords.read(
                  files(store, ContainerdRecords.files(store.driver())), store.driver()));
      case VOLUME ->
          files(store, VOLUME_OWNERS).isEmpty() ? Optional.empty() : Optional.of(new LayerNames());
      case LAYER -> {
        StoreFiles docker = files(store, DockerRecords.folders(store.driver()));
        if (!docker.isEmpty()) {
          yield Optional.of(DockerRecords.read(docker, store.driver()));
        }
        StoreFiles storage = files(store, StorageRecords.folders(store.driver()));
        yield storage.isEmpty()
            ? Optional.empty()
            : Optional.of(StorageRecords.read(storage, store.driver()));
      }
    };
  }

  /** Overlay drivers keep the short name of a layer beside it, whatever became of the records. */
  private boolean hasLink(FileEntry layer) {
    try {
      return new PathLookup(fs)
          .find(layer.path().parent().resolve("link"))
          .filter(link -> link.inode().isRegular())
          .isPresent();
    } catch (IOException | InternalError unreadable) {
      return false;
    }
  }

  private StoreFiles files(Store store, List<String> folders) {
    return StoreFiles.of(fs, entries, store.folder(), folders);
  }
}
