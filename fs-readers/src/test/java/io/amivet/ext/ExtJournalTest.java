package io.amivet.ext;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import io.amivet.fs.JournalState;
import io.amivet.fs.TreeWalk;
import io.amivet.testdata.TestImages;
import io.amivet.testing.MappedImage;
import io.amivet.testing.TreeListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images taken while they were mounted, as the kernel shows them after and without a replay. */
final class ExtJournalTest {
  @TempDir Path folder;

  private final AnomalyLog anomalies = new AnomalyLog();

  @ParameterizedTest
  @ValueSource(strings = {"ext-journal", "ext-journal-ext3", "ext-journal-sum", "ext-journal-wrap"})
  void showsWhatTheKernelShowsAfterItsReplay(String name) throws IOException {
    try (MappedImage device = new MappedImage(TestImages.unpack(name, folder))) {
      FileSystemView fs = new ExtFormat().open(device, anomalies, JournalMode.REPLAY);
      assertThat(fs.journal()).isEqualTo(JournalState.REPLAYED);
      assertThat(TreeListing.actual(fs, TreeWalk.walk(fs, anomalies), true))
          .containsExactlyElementsOf(TreeListing.expected(name + ".replayed", Set.of()));
      assertThat(fs.staleReason()).isEmpty();
      assertThat(fs.notes()).anyMatch(note -> note.startsWith("journal replayed in memory: "));
    }
    assertThat(anomalies.toList()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext-journal", "ext-journal-ext3", "ext-journal-sum", "ext-journal-wrap"})
  void showsWhatTheKernelShowsWithoutAReplay(String name) throws IOException {
    try (MappedImage device = new MappedImage(TestImages.unpack(name, folder))) {
      FileSystemView fs = new ExtFormat().open(device, anomalies, JournalMode.AS_ON_DISK);
      assertThat(fs.journal()).isEqualTo(JournalState.AS_ON_DISK);
      assertThat(TreeListing.actual(fs, TreeWalk.walk(fs, anomalies), true))
          .containsExactlyElementsOf(TreeListing.expected(name + ".as-on-disk", Set.of()));
      assertThat(fs.staleReason()).isPresent();
    }
  }

  /** Written by debugfs, which also listed what they are to become. */
  @ParameterizedTest
  @ValueSource(strings = {"ext-journal-v2", "ext-journal-64k"})
  void showsWhatDebugfsWroteIntoTheJournal(String name) throws IOException {
    try (MappedImage device = new MappedImage(TestImages.unpack(name, folder))) {
      FileSystemView fs = new ExtFormat().open(device, anomalies, JournalMode.REPLAY);
      assertThat(fs.journal()).isEqualTo(JournalState.REPLAYED);
      assertThat(TreeListing.actual(fs, TreeWalk.walk(fs, anomalies), true))
          .containsExactlyElementsOf(TreeListing.expected(name + ".replayed", Set.of()));
    }
    assertThat(anomalies.toList()).isEmpty();
  }
}
