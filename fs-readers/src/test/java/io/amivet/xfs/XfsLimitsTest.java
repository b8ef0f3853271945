package io.amivet.xfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.Inode;
import io.amivet.fs.TreeWalk;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rare shapes, and damage that takes more than one wrong byte. */
class XfsLimitsTest {
  private static final int CORE_BYTES = 176;

  @TempDir Path folder;

  private PatchedImage image(String name) throws IOException {
    return new PatchedImage(Files.readAllBytes(TestImages.unpack(name, folder)));
  }

  private static long u64(PatchedImage image, long at) {
    return ByteBuffer.wrap(image.bytes).getLong(Math.toIntExact(at));
  }

  private static long attributeFork(PatchedImage image, String path) throws IOException {
    long inode = image.inodeOffset(path);
    return inode + CORE_BYTES + (image.bytes[(int) inode + 82] & 0xff) * 8L;
  }

  /** The place of block 0 of an attribute fork in extents format. */
  private static long attributeBlock(PatchedImage image, String path) throws IOException {
    long fork = attributeFork(image, path);
    long block = ((u64(image, fork) & 0x1ff) << 43) | (u64(image, fork + 8) >>> 21);
    return image.superblock().geometry().blockOffset(block, 1);
  }

  private static void assertFault(ThrowingRead read, XfsFault fault) {
    assertThatThrownBy(read::run)
        .isInstanceOfSatisfying(
            CorruptImageException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  private interface ThrowingRead {
    void run() throws IOException;
  }

  @Test
  void readsShortFormDirectoriesOfWideInodeNumbers() throws IOException {
    PatchedImage image = image("xfs-default");
    Inode inode = image.inode("/dir5");
    DirectoryListing narrow = image.open().directory(inode);
    long start = image.inodeOffset("/dir5");
    ByteBuffer fork = ByteBuffer.wrap(image.bytes).position((int) start + CORE_BYTES);
    fork.put((byte) 5).put((byte) 1).putLong(128);
    for (DirectoryEntry entry : narrow.entries()) {
      fork.put((byte) entry.name().length).putShort((short) 0).put(entry.name());
      fork.put((byte) 1).putLong(entry.inodeNumber());
    }
    image.u64(start + 56, fork.position() - start - CORE_BYTES);
    DirectoryListing wide = image.open().directory(inode);
    assertThat(wide.complete()).isTrue();
    assertThat(wide.entries())
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(narrow.entries());
  }

  @Test
  void isIncompleteWhereAShortFormDirectoryHidesEntriesBehindItsCount() throws IOException {
    PatchedImage image = image("xfs-default");
    Inode inode = image.inode("/dir5");
    FileSystemView fs = image.u8(image.inodeOffset("/dir5") + CORE_BYTES, 2).open();
    assertThat(fs.directory(inode).entries()).hasSize(2);
    assertThat(fs.directory(inode).complete()).isFalse();
    assertThat(TreeWalk.walk(fs, image.anomalies).complete()).isFalse();
  }

  @Test
  void listsTheInodesOfSparseChunksAndNoneOfTheirHoles() throws IOException {
    PatchedImage image = image("xfs-sparse");
    FileSystemView fs = image.open();
    Set<Long> listed =
        TreeWalk.walk(fs, image.anomalies).entries().stream()
            .map(FileEntry::inode)
            .map(Inode::number)
            .collect(Collectors.toSet());
    // xfs_agi in the third sector, xfs_inobt_rec in a tree of one leaf (xfs_format.h).
    ByteBuffer bytes = ByteBuffer.wrap(image.bytes);
    int leaf = bytes.getInt(2 * 512 + 20) * fs.blockSizeBytes();
    int sparse = 0;
    for (int i = 0; i < bytes.getShort(leaf + 6); i++) {
      int record = leaf + 56 + i * 16;
      int holemask = bytes.getShort(record + 4) & 0xffff;
      if (holemask == 0) {
        continue;
      }
      sparse++;
      long free = bytes.getLong(record + 8);
      for (int k = 0; k < 64; k++) {
        boolean hole = (holemask >>> (k / 4) & 1) != 0;
        boolean used = !hole && (free >>> k & 1) == 0;
        assertThat(listed.contains(bytes.getInt(record) + (long) k)).isEqualTo(used);
      }
    }
    assertThat(sparse).isGreaterThan(5);
  }

  @Test
  void putsDirectoryBlocksTogetherFromPieces() throws IOException {
    PatchedImage image = image("xfs-fragmented");
    FileSystemView fs = image.open();
    FileContent.Mapped map = (FileContent.Mapped) fs.content(image.inode("/pieces"));
    assertThat(map.extents()).anyMatch(extent -> extent.lengthBytes() < 8192);
    assertThat(fs.directory(image.inode("/pieces")).entries()).hasSize(700);
    assertThat(image.anomalies.isEmpty()).isTrue();
  }

  @Test
  void readsAttributesBelowTwoLevelsOfNodes() throws IOException {
    PatchedImage image = image("xfs-b1024");
    FileSystemView fs = image.open();
    assertThat(fs.extendedAttributes(image.inode("/attrs-deep"))).hasSize(900);
  }

  @Test
  void recordsAnAttributeNodeThatStatesTooMuch() throws IOException {
    PatchedImage image = image("xfs-default");
    Inode inode = image.inode("/attrs-node");
    long block = attributeBlock(image, "/attrs-node");
    FileSystemView fs = image.u16(block + 0x38, 0xffff).open();
    assertThat(fs.extendedAttributes(inode)).isEmpty();
    assertThat(image.anomaly(XfsFault.ATTRIBUTE_NODE).imageOffset()).isEqualTo(block + 0x38);
  }

  @Test
  void losesAnAttributeWhoseRemoteValueIsNotWhollyMapped() throws IOException {
    PatchedImage image = image("xfs-default");
    Inode inode = image.inode("/attrs-remote");
    long block = attributeBlock(image, "/attrs-remote");
    int nameidx = ByteBuffer.wrap(image.bytes).getShort((int) block + 80 + 4);
    FileSystemView fs = image.u32(block + nameidx, 4000).open();
    assertThat(fs.extendedAttributes(inode)).isEmpty();
    assertThat(image.anomaly(XfsFault.REMOTE_LENGTH).message()).contains("not wholly mapped");
  }

  @Test
  void takesNoMoreAttributesThanItHasMemoryFor() throws IOException {
    PatchedImage image = image("xfs-b64k");
    Inode inode = image.inode("/attrs-leaf");
    long leaf = attributeBlock(image, "/attrs-leaf");
    int count = 500;
    image.u16(leaf + 0x38, count);
    for (int i = 0; i < count; i++) {
      // Values of 40,000 bytes that overlap: xfs_attr_leaf_entry, and xfs_attr_leaf_name_local.
      int nameidx = 8192 + i * 8;
      image.u16(leaf + 80 + i * 8L + 4, nameidx).u8(leaf + 80 + i * 8L + 6, 1);
      image.u16(leaf + nameidx, 40_000).u8(leaf + nameidx + 2, 4);
      image.u32(leaf + nameidx + 3, 0x61610000 + i / 26 * 256 + 0x6100 + i % 26 + 0x61);
    }
    assertThat(image.open().extendedAttributes(inode)).hasSizeBetween(300, count - 1);
    assertThat(image.anomalies.count(XfsFault.ATTRIBUTE_LIMIT.code())).isEqualTo(1);
  }

  @Test
  void isIncompleteWhereADirectoryEndsBeforeItsSize() throws IOException {
    PatchedImage image = image("xfs-default");
    Inode inode = image.inode("/dir50");
    long start = image.inodeOffset("/dir50");
    FileSystemView fs = image.u32(start + 76, 0).open();
    DirectoryListing listing = fs.directory(inode);
    assertThat(listing).isEqualTo(new DirectoryListing(listing.entries(), false));
    assertThat(listing.entries()).isEmpty();
    assertThat(image.anomaly(XfsFault.DIRECTORY_HOLE).imageOffset()).isEqualTo(start + CORE_BYTES);
  }

  @Test
  void givesUpADirectoryThatMeetsItself() throws IOException {
    PatchedImage image = image("xfs-default");
    Inode inode = image.inode("/dir300");
    long fork = image.inodeOffset("/dir300") + CORE_BYTES;
    long firstBlock = u64(image, fork + 8) & ~0x1fffffL;
    // Two mappings of one block each, blocks 0 and 1 of the directory, both to the same place.
    FileSystemView fs =
        image
            .u32(fork - CORE_BYTES + 76, 2)
            .u64(fork, 0)
            .u64(fork + 8, firstBlock | 1)
            .u64(fork + 16, 1 << 9)
            .u64(fork + 24, firstBlock | 1)
            .open();
    assertThat(fs.directory(inode).entries()).isNotEmpty();
    assertThat(fs.directory(inode).complete()).isFalse();
    assertThat(image.anomalies.count(XfsFault.DIRECTORY_CYCLE.code())).isEqualTo(2);
  }

  @Test
  void saysThatAVolumeIsCutShortAndReadsWhatIsLeft() throws IOException {
    PatchedImage whole = image("xfs-default");
    PatchedImage image = new PatchedImage(Arrays.copyOf(whole.bytes, 20 << 20));
    FileSystemView fs = image.open();
    assertThat(image.anomaly(XfsFault.VOLUME_TRUNCATED).message()).contains("cut short");
    FileTree tree = TreeWalk.walk(fs, image.anomalies);
    assertThat(tree.entries()).isNotEmpty();
    assertThat(fs.freeRanges()).allMatch(range -> range.end() <= 20 << 20);
  }

  @Test
  void rejectsAFileThatReachesPastTheVolume() throws IOException {
    PatchedImage image = image("xfs-default");
    Inode inode = image.inode("/etc/large");
    long fork = image.inodeOffset("/etc/large") + CORE_BYTES;
    // Block 2000 of the last group: inside the file system, but past what is left of the volume.
    PatchedImage part = new PatchedImage(Arrays.copyOf(image.bytes, 36 << 20));
    long block = (2L << image.superblock().geometry().agBlockLog()) | 2000;
    part.u64(fork, u64(image, fork) & ~0x1ffL).u64(fork + 8, block << 21 | 16);
    FileSystemView fs = part.open();
    assertFault(() -> fs.content(inode), XfsFault.VOLUME_TRUNCATED);
  }

  @Test
  void losesTheFreeSpaceOfAGroupWithABadTree() throws IOException {
    PatchedImage image = image("xfs-default");
    int root = ByteBuffer.wrap(image.bytes).getInt(512 + 16) * 4096;
    FileSystemView fs = image.u8(root + 5, 1).open();
    assertThat(fs.freeRanges()).isNotEmpty().allMatch(range -> range.offset() >= 17 << 20);
    assertThat(image.anomaly(XfsFault.FREE_SPACE_TREE).imageOffset()).isEqualTo(root);
  }

  @Test
  void doesNotTrustFreeSpaceOutOfBounds() throws IOException {
    PatchedImage image = image("xfs-default");
    int root = ByteBuffer.wrap(image.bytes).getInt(512 + 16) * 4096;
    FileSystemView fs = image.u32(root + 56 + 4, 0x7fffffff).open();
    assertThat(fs.freeRanges()).isNotEmpty().allMatch(range -> range.offset() >= 17 << 20);
    assertThat(image.anomaly(XfsFault.FREE_SPACE_RECORD).imageOffset()).isEqualTo(root + 56);
    image.u32(512 + 28, 10);
    assertThat(image.open().freeRanges()).isNotEmpty();
    assertThat(image.anomaly(XfsFault.AGF_ROOT).imageOffset()).isEqualTo(512 + 28);
  }

  @Test
  void stopsAtTheLimitOfNames() throws IOException {
    PatchedImage image = image("xfs-v4");
    Metadata metadata = new Metadata(image.device(), image.superblock(), image.anomalies);
    EntryCollector names = new EntryCollector(metadata);
    byte[] name = "name".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, image.bytes, 0, name.length);
    StructView struct = image.device().struct("name", 0, name.length);
    for (int i = 0; i < EntryCollector.MAX_ENTRIES; i++) {
      names.add(struct, 0, name.length, 128);
    }
    assertFault(() -> names.add(struct, 0, name.length, 128), XfsFault.DIRECTORY_LIMIT);
  }
}
