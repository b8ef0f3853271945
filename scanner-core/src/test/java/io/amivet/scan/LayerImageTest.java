package io.amivet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Account;
import io.amivet.artifact.ImageView;
import io.amivet.block.AnomalyLog;
import io.amivet.ext.ExtFormat;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.TreeWalk;
import io.amivet.source.RawImage;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the files of a layer see around them, against what overlayfs made of the same layers: see
 * {@code testdata/make/make-layers.sh}.
 */
class LayerImageTest {
  @TempDir Path folder;
  private RawImage image;
  private List<ScanRoot> roots;

  @BeforeEach
  void split() throws IOException {
    image = RawImage.open(TestImages.unpack("layers", folder));
    AnomalyLog anomalies = new AnomalyLog();
    FileSystemView fs = new ExtFormat().open(image, anomalies);
    FileTree tree = TreeWalk.walk(fs, anomalies);
    SystemImage system = Systems.assemble(Map.of(ScanBed.opened(1, fs, "", ""), tree)).getFirst();
    roots = new ScanRoots(ScanBed.rules()).of(system);
  }

  @AfterEach
  void close() throws IOException {
    image.close();
  }

  private ImageView around(String storePrefix, String file) {
    return roots.stream()
        .filter(root -> root.mount().top().toString().startsWith(storePrefix))
        .filter(root ->
            root.mount().tree().entries().stream()
                .anyMatch(entry -> entry.path().toString().equals(file)))
        .findFirst()
        .orElseThrow()
        .image();
  }

  @Test
  void aFileThatALayerRemovesIsThereBelowItAndNotAbove() {
    for (String store :
        List.of("/var/lib/docker/", "/var/lib/containerd/", "/var/lib/containers/", "/home/bo/")) {
      ImageView lowest = around(store, "/etc/passwd");
      ImageView above = around(store, "/root/.bash_history");

      assertThat(lowest.read("/root/.aws/credentials")).isPresent();
      assertThat(above.read("/root/.aws/credentials")).isEmpty();
      assertThat(above.read("/root/.bash_history")).isPresent();
    }
  }

  @Test
  void aDirectoryThatWasMadeAnewHidesWhatItHeld() {
    ImageView lowest = around("/var/lib/docker/", "/etc/passwd");
    ImageView highest = around("/var/lib/docker/", "/opt/app/.netrc");

    assertThat(lowest.read("/opt/app/.env")).isPresent();
    assertThat(highest.read("/opt/app/.env")).isEmpty();
    assertThat(lowest.glob("/opt/app/.*")).containsExactly("/opt/app/.env");
    assertThat(highest.glob("/opt/app/.*")).containsExactly("/opt/app/.netrc");
  }

  @Test
  void theAccountsAreThoseOfTheLayersBelow() {
    assertThat(around("/var/lib/docker/", "/home/al/.git-credentials").accounts())
        .extracting(Account::name)
        .containsExactly("root", "al", "svc");
  }

  @Test
  void everyFileIsInOneRoot() throws IOException {
    long inRoots = roots.stream().mapToLong(LayerImageTest::files).sum();
    AnomalyLog anomalies = new AnomalyLog();
    FileTree whole = TreeWalk.walk(new ExtFormat().open(image, anomalies), anomalies);

    assertThat(inRoots)
        .isEqualTo(whole.entries().stream().filter(e -> e.inode().isRegular()).count());
    assertThat(roots.getFirst().mount().tree().entries())
        .noneMatch(entry -> entry.path().toString().contains("/diff/"));
  }

  private static long files(ScanRoot root) {
    return root.mount().tree().entries().stream().filter(e -> e.inode().isRegular()).count();
  }
}
