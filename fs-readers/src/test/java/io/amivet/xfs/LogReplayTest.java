package io.amivet.xfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.JournalMode;
import io.amivet.fs.JournalState;
import io.amivet.fs.TreeWalk;
import io.amivet.testdata.TestImages;
import io.amivet.testing.MappedImage;
import io.amivet.testing.TreeListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes of machines that lost power, against what the kernel shows with and without recovery. */
class LogReplayTest {
  private static final Set<String> ACLS_OF_THE_KERNEL =
      Set.of("system.posix_acl_access", "system.posix_acl_default");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"xfs-log-b1024", "xfs-log-al2023", "xfs-log-rmapbt", "xfs-log-wrapped"})
  void showsWhatTheKernelShowsAfterItsRecovery(String image) throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (MappedImage volume = new MappedImage(TestImages.unpack(image, folder))) {
      FileSystemView fs = new XfsFormat().open(volume, anomalies, JournalMode.REPLAY);
      assertThat(listing(fs, anomalies))
          .containsExactlyElementsOf(TreeListing.expected(image + "-replayed", ACLS_OF_THE_KERNEL));
      assertThat(fs.journal()).isEqualTo(JournalState.REPLAYED);
      assertThat(fs.staleReason()).isEmpty();
      assertThat(fs.notes()).singleElement().asString().startsWith("log replayed in memory");
      assertThat(fs.freeRanges()).isNotEmpty();
    }
    assertThat(anomalies.toList()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xfs-log-b1024", "xfs-log-al2023", "xfs-log-rmapbt"})
  void showsTheVolumeAsItIsOnDiskIfAskedTo(String image) throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (MappedImage volume = new MappedImage(TestImages.unpack(image, folder))) {
      FileSystemView fs = new XfsFormat().open(volume, anomalies, JournalMode.AS_ON_DISK);
      assertThat(listing(fs, anomalies))
          .containsExactlyElementsOf(TreeListing.expected(image, ACLS_OF_THE_KERNEL));
      assertThat(fs.journal()).isEqualTo(JournalState.AS_ON_DISK);
      assertThat(fs.staleReason()).isPresent();
    }
    assertThat(anomalies.count(XfsFault.LOG_DIRTY.code())).isEqualTo(1);
  }

  private static List<String> listing(FileSystemView fs, AnomalyLog anomalies) throws IOException {
    FileTree tree = TreeWalk.walk(fs, anomalies);
    assertThat(tree.complete()).isTrue();
    return TreeListing.actual(fs, tree, true);
  }
}
