package io.amivet.fat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.TreeWalk;
import io.amivet.testdata.TestImages;
import io.amivet.testing.MappedImage;
import io.amivet.testing.TreeListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole images against what mtools put into them, as Linux shows it. */
class FatGoldenTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"fat-12", "fat-16", "fat-32"})
  void listsAndHashesWhatWasPutIn(String image) throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (MappedImage volume = new MappedImage(TestImages.unpack(image, folder))) {
      assertThat(new FatFormat().probe(volume)).isTrue();
      FileSystemView fs = new FatFormat().open(volume, anomalies);
      FileTree tree = TreeWalk.walk(fs, anomalies);
      assertThat(tree.complete()).isTrue();
      assertThat(comparable(TreeListing.actual(fs, tree, true)))
          .containsExactlyElementsOf(comparable(TreeListing.expected(image, Set.of())));
      assertThat(fs.type()).isEqualTo("vfat");
      assertThat(fs.label()).isEqualTo("AMIVET");
      assertThat(fs.uuid()).isEqualTo("5A17-C0DE");
      assertThat(fs.notes()).containsExactly(image.replace("fat-", "FAT"));
    }
    assertThat(anomalies.toList()).isEmpty();
  }

  /** Without what FAT does not keep: inode numbers, sizes and (by mtools) times of directories. */
  private static List<String> comparable(List<String> lines) throws IOException {
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      ObjectNode entry = (ObjectNode) JSON.readTree(line);
      entry.remove("inode");
      if (entry.get("type").asText().equals("dir")) {
        entry.remove(List.of("size", "mtime"));
      }
      kept.add(entry.toString());
    }
    return kept;
  }
}
