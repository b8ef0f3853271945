package io.amivet.xfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.block.CorruptImageException;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.Inode;
import io.amivet.fs.TreeWalk;
import io.amivet.testdata.TestImages;
import io.amivet.testing.TreeListing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage costs what it hits and nothing else. */
class XfsDamageTest {
  private static final int CORE_BYTES = 176;

  @TempDir Path folder;

  private PatchedImage image(String name) throws IOException {
    return new PatchedImage(Files.readAllBytes(TestImages.unpack(name, folder)));
  }

  /** Offset of the last leaf of the block map of a file. */
  private static long lastLeaf(PatchedImage image, String path) throws IOException {
    int inode = Math.toIntExact(image.inodeOffset(path));
    ByteBuffer bytes = ByteBuffer.wrap(image.bytes);
    Geometry geometry = image.superblock().geometry();
    int forkOffset = (image.bytes[inode + 82] & 0xff) * 8;
    int size = forkOffset == 0 ? geometry.inodeSizeBytes() - CORE_BYTES : forkOffset;
    int level = bytes.getShort(inode + CORE_BYTES);
    int records = bytes.getShort(inode + CORE_BYTES + 2);
    int at = inode + CORE_BYTES + 4 + (size - 4) / 16 * 8;
    long block = 0;
    for (; level > 0; level--) {
      block = geometry.blockOffset(bytes.getLong(at + (records - 1) * 8), 1);
      records = bytes.getShort((int) block + 6);
      at = (int) block + 72 + (geometry.blockSizeBytes() - 72) / 16 * 8;
    }
    return block;
  }

  @Test
  void keepsTheNamesThatOtherRecordsOfABlockMapLeadTo() throws IOException {
    PatchedImage image = image("xfs-b1024");
    Inode directory = image.inode("/scattered");
    int all = image.open().directory(directory).entries().size();
    long record = lastLeaf(image, "/scattered") + 72 + 5 * 16;
    FileSystemView fs = image.u64(record + 8, -1L).open();
    DirectoryListing left = fs.directory(directory);
    assertThat(left.complete()).isFalse();
    assertThat(left.entries()).hasSizeBetween(all / 2, all - 1);
    assertThat(image.anomaly(XfsFault.EXTENT_RANGE).imageOffset()).isEqualTo(record);
    assertThat(fs.content(directory)).isInstanceOf(FileContent.Mapped.class);
  }

  @Test
  void keepsTheNamesThatOtherBlocksOfABlockMapLeadTo() throws IOException {
    PatchedImage image = image("xfs-b1024");
    Inode directory = image.inode("/scattered");
    int all = image.open().directory(directory).entries().size();
    long inode = image.inodeOffset("/scattered");
    int forkOffset = (image.bytes[(int) inode + 82] & 0xff) * 8;
    int slots = ((forkOffset == 0 ? 512 - CORE_BYTES : forkOffset) - 4) / 16;
    long root = inode + CORE_BYTES;
    // A second leaf, of which the inode knows an extent, in the block of the free-space header.
    image.u16(root + 2, 2).u64(root + 4 + slots * 8L + 8, 0).u32(inode + 76, 1000);
    DirectoryListing left = image.open().directory(directory);
    assertThat(left.complete()).isFalse();
    assertThat(left.entries()).hasSize(all);
    assertThat(image.anomaly(XfsFault.BTREE_MAGIC).imageOffset()).isZero();
  }

  @Test
  void keepsTheNamesThatOtherExtentsOfAnInodeLeadTo() throws IOException {
    PatchedImage image = image("xfs-default");
    Inode directory = image.inode("/dir300");
    int all = image.open().directory(directory).entries().size();
    long fork = image.inodeOffset("/dir300") + CORE_BYTES;
    FileSystemView fs = image.u64(fork + 8, -1L).open();
    DirectoryListing left = fs.directory(directory);
    assertThat(left.complete()).isFalse();
    assertThat(left.entries()).hasSizeLessThan(all);
    assertThat(image.anomaly(XfsFault.EXTENT_RANGE).imageOffset()).isEqualTo(fork);
  }

  @Test
  void doesNotShowAFileWithPartOfItsMapAsZeros() throws IOException {
    PatchedImage image = image("xfs-b1024");
    Inode file = image.inode("/btree-deep");
    FileSystemView fs = image.u32(lastLeaf(image, "/btree-deep"), 0).open();
    assertThatThrownBy(() -> fs.content(file)).isInstanceOf(CorruptImageException.class);
  }

  @Test
  void needsNoInodeTreesToFindFiles() throws IOException {
    PatchedImage image = image("xfs-b1024");
    ByteBuffer bytes = ByteBuffer.wrap(image.bytes);
    Geometry geometry = image.superblock().geometry();
    for (long ag = 0; ag < geometry.agCount(); ag++) {
      int agi = Math.toIntExact(geometry.agOffset(ag)) + 2 * 512;
      long root = geometry.agOffset(ag) + ((long) bytes.getInt(agi + 0x14) << geometry.blockLog());
      Arrays.fill(image.bytes, (int) root, (int) root + geometry.blockSizeBytes(), (byte) 0xaa);
      Arrays.fill(image.bytes, agi, agi + 512, (byte) 0xaa);
    }
    assertWhole(image, "xfs-b1024");
  }

  @Test
  void findsACopyWhereTheSuperblockIsWipedOut() throws IOException {
    PatchedImage image = image("xfs-default");
    Arrays.fill(image.bytes, 0, 512, (byte) 0);
    assertThat(new XfsFormat().probe(image.device())).isTrue();
    assertWhole(image, "xfs-default");
    assertThat(image.anomaly(XfsFault.SUPERBLOCK_SECONDARY).imageOffset()).isZero();
  }

  @Test
  void saysThatNoCopyIsLeftOfASuperblockThatIsWipedOut() throws IOException {
    PatchedImage image = image("xfs-al2");
    Arrays.fill(image.bytes, 0, 512, (byte) 0);
    assertThat(new XfsFormat().probe(image.device())).isTrue();
    assertThatThrownBy(image::open)
        .isInstanceOfSatisfying(
            CorruptImageException.class,
            e -> assertThat(e.fault()).isEqualTo(XfsFault.SUPERBLOCK_MAGIC));
  }

  private static void assertWhole(PatchedImage image, String name) throws IOException {
    FileSystemView fs = image.open();
    FileTree tree = TreeWalk.walk(fs, image.anomalies);
    assertThat(tree.complete()).isTrue();
    Set<String> acls = Set.of("system.posix_acl_access", "system.posix_acl_default");
    assertThat(TreeListing.actual(fs, tree, true))
        .containsExactlyElementsOf(TreeListing.expected(name, acls));
  }
}
