package io.amivet.ext;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.block.ByteRange;
import io.amivet.fs.FileSystemView;
import io.amivet.testdata.TestImages;
import io.amivet.testing.MappedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Free space compared with what {@code dumpe2fs} printed when the image was made. */
final class ExtFreeRangesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext-default", "ext-new", "ext-ext3", "ext-ext2", "ext-not64bit", "ext-metabg",
        "ext-sparse2", "ext-bigalloc", "ext-htree", "ext-unwritten", "ext-casefold", "ext-64k"
      })
  void areTheFreeBlocksThatDumpe2fsPrints(String name) throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (MappedImage device = new MappedImage(TestImages.unpack(name, folder))) {
      FileSystemView fs = new ExtFormat().open(device, anomalies);
      assertThat(fs.freeRanges()).containsExactlyElementsOf(printed(name, fs.blockSizeBytes()));
    }
    assertThat(anomalies.toList()).isEmpty();
  }

  /** One "first-last" a line, of blocks, ascending; neighbours of two groups are joined. */
  private static List<ByteRange> printed(String name, int blockSizeBytes) throws IOException {
    String text =
        new String(
            TestImages.resource("images/" + name + ".free.txt").readAllBytes(),
            StandardCharsets.US_ASCII);
    // Of a free cluster dumpe2fs prints the first block.
    int blocksPerUnit = name.equals("ext-bigalloc") ? 4 : 1;
    List<ByteRange> ranges = new ArrayList<>();
    for (String line : text.split("\n")) {
      String[] ends = line.split("-");
      long start = Long.parseLong(ends[0]) * blockSizeBytes;
      long end = (Long.parseLong(ends[ends.length - 1]) + blocksPerUnit) * blockSizeBytes;
      if (!ranges.isEmpty() && ranges.getLast().end() == start) {
        start = ranges.removeLast().offset();
      }
      ranges.add(new ByteRange(start, end - start));
    }
    return ranges;
  }
}
