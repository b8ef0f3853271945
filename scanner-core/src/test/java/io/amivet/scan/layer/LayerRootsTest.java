package io.amivet.scan.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import io.amivet.fs.TreeWalk;
import io.amivet.fs.memory.MemoryFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayerRootsTest {

  private static long directories(MemoryFileSystem fs, String path) {
    long parent = MemoryFileSystem.ROOT;
    for (String name : path.split("/")) {
      parent = fs.directory(parent, name);
    }
    return parent;
  }

  private static List<LayerRoot> find(MemoryFileSystem fs) throws IOException {
    FileTree tree = TreeWalk.walk(fs, new AnomalyLog());
    return LayerRoots.find(fs, tree);
  }

  @Test
  void aFolderIsALayerOnlyWhereAnEngineKeepsThem() throws IOException {
    MemoryFileSystem fs = new MemoryFileSystem();
    long overlay = directories(fs, "src/overlay");
    fs.directory(fs.directory(overlay, "patch"), "diff");
    long linked = fs.directory(overlay, "0a1b");
    fs.file(linked, "link", "TYI4Z4WW5JILHIYXZ4AVCANDG6");
    fs.directory(linked, "diff");
    fs.directory(fs.directory(directories(fs, "home/volumes"), "photos"), "_data");
    long snapshots = directories(fs, "k3s/io.containerd.snapshotter.v1.overlayfs/snapshots");
    fs.directory(fs.directory(snapshots, "7"), "fs");
    fs.directory(directories(fs, "c/io.containerd.snapshotter.v1.native/snapshots"), "9");

    assertThat(find(fs))
        .extracting(root -> root.top().toString())
        .containsExactlyInAnyOrder(
            "/src/overlay/0a1b/diff",
            "/k3s/io.containerd.snapshotter.v1.overlayfs/snapshots/7/fs",
            "/c/io.containerd.snapshotter.v1.native/snapshots/9");
  }

  private static final String LAYERS = "[{\"id\":\"low\"},{\"id\":\"high\",\"parent\":\"low\"}]";
  private static final String IMAGES =
      "[{\"id\":\"i\",\"names\":[\"one\",\"two\"],\"layer\":\"high\"}]";
  private static final String CONTAINERS =
      "[{\"id\":\"c\",\"names\":[\"web\"],\"image\":\"i\",\"layer\":\"own\"}]";

  private static MemoryFileSystem storage(String layers, String images, String containers) {
    MemoryFileSystem fs = new MemoryFileSystem();
    long store = directories(fs, "storage");
    long vfs = fs.directory(fs.directory(store, "vfs"), "dir");
    List.of("low", "high", "own").forEach(name -> fs.directory(vfs, name));
    fs.file(fs.directory(store, "vfs-layers"), "layers.json", layers);
    fs.file(fs.directory(store, "vfs-images"), "images.json", images);
    fs.file(fs.directory(store, "vfs-containers"), "containers.json", containers);
    return fs;
  }

  @Test
  void storageThatCopiesWholeLayersIsUnderstoodToo() throws IOException {
    List<LayerRoot> roots = find(storage(LAYERS, IMAGES, CONTAINERS));

    assertThat(roots)
        .extracting(LayerRoot::labels)
        .containsExactlyInAnyOrder(
            Map.of("layer", "low", "image", "one, two"),
            Map.of("layer", "high", "image", "one, two"),
            Map.of("layer", "own", "image", "one, two", "container", "web"));
    assertThat(roots)
        .filteredOn(root -> root.top().toString().endsWith("/high"))
        .extracting(LayerRoot::below)
        .containsExactly(FsPath.of("/storage/vfs/dir/low"));
  }

  @Test
  void layersThatLieUponEachOtherInACircleEnd() throws IOException {
    String circle =
        "[{\"id\":\"low\",\"parent\":\"high\"},{\"id\":\"high\",\"parent\":\"low\"},"
            + "{\"id\":\"own\",\"parent\":\"own\"}]";

    assertThat(find(storage(circle, IMAGES, CONTAINERS)))
        .hasSize(3)
        .allSatisfy(root -> assertThat(root.labels()).containsKey("image"));
  }

  @Test
  void damagedRecordsCostNamesAndNothingElse() throws IOException {
    Random random = new Random(20260711);
    for (int i = 0; i < 2_000; i++) {
      MemoryFileSystem fs =
          storage(damaged(LAYERS, random), damaged(IMAGES, random), damaged(CONTAINERS, random));

      assertThat(find(fs)).hasSize(3);
    }
  }

  private static String damaged(String text, Random random) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
    }
    return new String(bytes, 0, bytes.length - random.nextInt(3), StandardCharsets.US_ASCII);
  }
}
