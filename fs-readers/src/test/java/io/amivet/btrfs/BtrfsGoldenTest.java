package io.amivet.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.AnomalyLog;
import io.amivet.block.ByteRange;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.JournalState;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole images against what the kernel shows of them. */
class BtrfsGoldenTest {
  private static final List<ByteRange> AROUND_THE_MIRROR =
      List.of(new ByteRange(0, 64 << 20), new ByteRange((64 << 20) + (64 << 10), 1L << 40));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "btrfs-default",
        "btrfs-n4k",
        "btrfs-n64k",
        "btrfs-sha256",
        "btrfs-blake2",
        "btrfs-zlib",
        "btrfs-lzo",
        "btrfs-zstd",
      })
  void listsAndHashesAVolumeAsTheKernelDoes(String image) throws IOException {
    assertThat(notesOfEqualListing(image)).isEmpty();
  }

  @Test
  void showsSubvolumesAndSnapshotsAsDirectoriesBelowTheTopLevel() throws IOException {
    assertThat(notesOfEqualListing("btrfs-subvolumes"))
        .containsExactly("default subvolume is 261; shown from the top level, which holds it");
  }

  @Test
  void readsOneOfTwoMirroredDevices() throws IOException {
    assertThat(notesOfEqualListing("btrfs-raid1"))
        .containsExactly("one of 2 devices of the file system");
  }

  private List<String> notesOfEqualListing(String image) throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    List<String> notes;
    try (MappedImage volume = new MappedImage(TestImages.unpack(image, folder))) {
      assertThat(new BtrfsFormat().probe(volume)).isTrue();
      FileSystemView fs = new BtrfsFormat().open(volume, anomalies);
      FileTree tree = TreeWalk.walk(fs, anomalies);
      assertThat(tree.complete()).isTrue();
      assertThat(withoutTimesOfStubs(TreeListing.actual(fs, tree, true)))
          .containsExactlyElementsOf(withoutTimesOfStubs(TreeListing.expected(image, Set.of())));
      assertThat(fs.journal()).isEqualTo(JournalState.CLEAN);
      assertThat(fs.staleReason()).isEmpty();
      notes = fs.notes();
    }
    assertThat(anomalies.toList()).isEmpty();
    return notes;
  }

  /** The kernel gives the time of the look as that of a directory that stands for a subvolume. */
  private static List<String> withoutTimesOfStubs(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceFirst("\"inode\":2,\"mtime\":\"[^\"]*\"", "\"inode\":2"))
        .toList();
  }

  @Test
  void findsTheFreeRangesOfTheFreeSpaceTree() throws IOException {
    AnomalyLog anomalies = new AnomalyLog();
    try (MappedImage volume = new MappedImage(TestImages.unpack("btrfs-default", folder))) {
      List<ByteRange> free = new BtrfsFormat().open(volume, anomalies).freeRanges();
      ChunkMap chunks = chunks(volume, anomalies);
      List<ByteRange> inChunks = new ArrayList<>();
      for (Chunk chunk : chunks.all()) {
        for (long copy : chunks.copiesOf(chunk)) {
          addParts(inChunks, free, copy, copy + chunk.lengthBytes());
        }
      }
      assertThat(inChunks).containsExactlyInAnyOrderElementsOf(expectedFree(chunks));
      assertThat(free).isSorted();
      assertThat(free.getLast().end()).isEqualTo(volume.sizeBytes());
    }
    assertThat(anomalies.toList()).isEmpty();
  }

  private static ChunkMap chunks(MappedImage volume, AnomalyLog anomalies) throws IOException {
    Superblock superblock = SuperblockSearch.find(volume, anomalies);
    ChunkMap chunks = ChunkMap.ofSystemChunks(volume, superblock);
    Nodes nodes = new Nodes(volume, superblock, chunks, anomalies);
    chunks.addTree(new TreeReader(nodes, anomalies), superblock.chunkRoot(), anomalies);
    return chunks;
  }

  private static void addParts(List<ByteRange> to, List<ByteRange> all, long start, long end) {
    for (ByteRange range : all) {
      long from = Math.max(start, range.offset());
      long until = Math.min(end, range.end());
      if (from < until) {
        to.add(new ByteRange(from, until - from));
      }
    }
  }

  private static List<ByteRange> expectedFree(ChunkMap chunks) throws IOException {
    List<ByteRange> ranges = new ArrayList<>();
    try (InputStream in = TestImages.resource("images/btrfs-default.free.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
        String[] words = line.split(" ");
        long start = Long.parseLong(words[0]);
        long length = Long.parseLong(words[1]);
        if (chunks.all().stream()
            .noneMatch(chunk -> start >= chunk.start() && start < chunk.end())) {
          // mkfs.btrfs leaves what it wrote of a chunk that it has removed since.
          continue;
        }
        for (long copy : chunks.locate(start, length)) {
          // The tree counts the mirror of the superblock as free; the kernel leaves it out.
          addParts(ranges, AROUND_THE_MIRROR, copy, copy + length);
        }
      }
    }
    return ranges;
  }
}
