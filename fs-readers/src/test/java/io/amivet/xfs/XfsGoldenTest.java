package io.amivet.xfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.block.ByteRange;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.TreeWalk;
import io.amivet.testdata.TestImages;
import io.amivet.testing.MappedImage;
import io.amivet.testing.TreeListing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole images against what the kernel (version 4: xfs_db and the source files) says of them. */
class XfsGoldenTest {
  /** The kernel shows an ACL in its own encoding, beside what XFS stores. */
  private static final Set<String> ACLS_OF_THE_KERNEL =
      Set.of("system.posix_acl_access", "system.posix_acl_default");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xfs-default",
        "xfs-al2023",
        "xfs-al2",
        "xfs-nrext64",
        "xfs-isize2048",
        "xfs-b1024",
        "xfs-b64k",
        "xfs-dir64k",
        "xfs-sparse",
        "xfs-fragmented",
        "xfs-meta-uuid",
      })
  void listsAndHashesAVersion5VolumeAsTheKernelDoes(String image) throws IOException {
    compare(image, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xfs-v4", "xfs-v4-ftype", "xfs-v4-b512", "xfs-v4-ci"})
  void listsAndHashesAVersion4VolumeAsItWasFilled(String image) throws IOException {
    compare(image, false);
  }

  private void compare(String image, boolean withAttributes) throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (MappedImage volume = new MappedImage(TestImages.unpack(image, folder))) {
      assertThat(new XfsFormat().probe(volume)).isTrue();
      FileSystemView fs = new XfsFormat().open(volume, anomalies);
      FileTree tree = TreeWalk.walk(fs, anomalies);
      assertThat(tree.complete()).isTrue();
      assertThat(TreeListing.actual(fs, tree, withAttributes))
          .containsExactlyElementsOf(TreeListing.expected(image, ACLS_OF_THE_KERNEL));
      assertThat(fs.notes()).isEmpty();
      assertThat(fs.staleReason()).isEmpty();
    }
    assertThat(anomalies.toList()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xfs-default",
        "xfs-b1024",
        "xfs-sparse",
        "xfs-v4",
        "xfs-v4-ftype",
        "xfs-v4-b512",
        "xfs-v4-ci",
      })
  void findsTheFreeRangesThatXfsDbFinds(String image) throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (MappedImage volume = new MappedImage(TestImages.unpack(image, folder))) {
      FileSystemView fs = new XfsFormat().open(volume, anomalies);
      Superblock sb = Superblock.parse(volume.struct("xfs_dsb", 0, Superblock.SIZE_BYTES));
      assertThat(fs.freeRanges()).isEqualTo(expectedFree(image, sb.geometry()));
    }
    assertThat(anomalies.toList()).isEmpty();
  }

  private static List<ByteRange> expectedFree(String image, Geometry geometry) throws IOException {
    List<ByteRange> ranges = new ArrayList<>();
    try (InputStream in = TestImages.resource("images/" + image + ".free.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
        String[] words = line.split(" ");
        long block = Long.parseLong(words[0]) * geometry.agBlocks() + Long.parseLong(words[1]);
        ranges.add(
            new ByteRange(
                block * geometry.blockSizeBytes(),
                Long.parseLong(words[2]) * geometry.blockSizeBytes()));
      }
    }
    return ranges;
  }
}
