package io.amivet.erofs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
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

/** Whole images against what the kernel shows of them. */
class ErofsGoldenTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "erofs-plain",
        "erofs-lz4",
        "erofs-lz4-big",
        "erofs-legacy",
        "erofs-lzma",
        "erofs-deflate",
        "erofs-zstd",
        "erofs-chunks",
      })
  void listsAndHashesAsTheKernelDoes(String image) throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (MappedImage volume = new MappedImage(TestImages.unpack(image, folder))) {
      assertThat(new ErofsFormat().probe(volume)).isTrue();
      FileSystemView fs = new ErofsFormat().open(volume, anomalies);
      FileTree tree = TreeWalk.walk(fs, anomalies);
      assertThat(tree.complete()).isTrue();
      assertThat(TreeListing.actual(fs, tree, true))
          .containsExactlyElementsOf(TreeListing.expected(image, Set.of()));
      assertThat(fs.type()).isEqualTo("erofs");
    }
    assertThat(anomalies.toList()).isEmpty();
  }
}
