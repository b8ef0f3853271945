package io.amivet.xfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.Inode;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One bad byte for each fault, and what it costs. */
class XfsFaultTest {
  private static byte[] good;
  private static byte[] small;

  @BeforeAll
  static void unpack(@TempDir Path folder) throws IOException {
    good = Files.readAllBytes(TestImages.unpack("xfs-default", folder));
    small = Files.readAllBytes(TestImages.unpack("xfs-b1024", folder));
  }

  private static PatchedImage image() {
    return new PatchedImage(good.clone());
  }

  private static PatchedImage smallBlocks() {
    return new PatchedImage(small.clone());
  }

  private static void assertFault(ThrowingCallable action, XfsFault fault, long imageOffset) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            CorruptImageException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(fault);
              assertThat(e.imageOffset()).isEqualTo(imageOffset);
            });
  }

  /** The entries of a listing that must say that it lacks some. */
  private static ListAssert<DirectoryEntry> assertIncomplete(DirectoryListing listing) {
    assertThat(listing.complete()).isFalse();
    return assertThat(listing.entries());
  }

  @Test
  void givesEveryFaultACodeOfItsOwn() {
    Set<String> codes = new HashSet<>();
    for (XfsFault fault : XfsFault.values()) {
      assertThat(fault.code()).startsWith("xfs.").matches("[a-z0-9.]+");
      assertThat(codes.add(fault.code())).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, SUPERBLOCK_MAGIC, 0",
    "7, 1, SUPERBLOCK_BLOCK_SIZE, 4",
    "120, 30, SUPERBLOCK_BLOCK_SIZE, 4",
    "102, 3, SUPERBLOCK_SECTOR_SIZE, 102",
    "104, 3, SUPERBLOCK_INODE_SIZE, 104",
    "123, 9, SUPERBLOCK_INODE_SIZE, 104",
    "84, 255, SUPERBLOCK_AG_SIZE, 84",
    "124, 60, SUPERBLOCK_AG_SIZE, 84",
    "8, 1, SUPERBLOCK_BLOCK_COUNT, 8",
    "91, 0, SUPERBLOCK_BLOCK_COUNT, 8",
    "192, 200, SUPERBLOCK_DIRECTORY_BLOCK, 192",
    "56, 255, SUPERBLOCK_ROOT_INODE, 56",
  })
  void rejectsABadSuperblockWithItsOffset(int at, int value, XfsFault fault, long offset) {
    PatchedImage image = image().u8(at, value);
    assertFault(image::superblock, fault, offset);
  }

  @Test
  void fallsBackToASecondarySuperblock() throws IOException {
    PatchedImage image = image().u8(7, 1);
    FileSystemView fs = image.open();
    assertThat(fs.label()).isEqualTo("default");
    assertThat(image.anomaly(XfsFault.SUPERBLOCK_SECONDARY).imageOffset()).isZero();
    assertThat(image.anomaly(XfsFault.SUPERBLOCK_BLOCK_SIZE).imageOffset()).isEqualTo(4);
  }

  @Test
  void prefersASecondarySuperblockToAPrimaryWhoseChecksumFails() throws IOException {
    PatchedImage image = image().u8(108, 'X');
    assertThat(image.open().label()).isEqualTo("default");
    assertThat(image.anomaly(XfsFault.CHECKSUM).imageOffset()).isEqualTo(224);
  }

  /**
   * No tool here makes these: {@code XFS_SB_FEAT_INCOMPAT_METADIR (1 << 8)}, {@code _ZONED (1 <<
   * 9)} and {@code _ZONE_GAPS (1 << 10)} of {@code fs/xfs/libxfs/xfs_format.h}.
   */
  @ParameterizedTest
  @CsvSource({"0x100, metadir", "0x200, zoned", "0x400, zone_gaps", "0x800, incompat bit 0x800"})
  void refusesIncompatibleFeaturesByName(String bit, String name) {
    PatchedImage image = image().u32(216, Long.decode(bit) | 0xb);
    assertThatThrownBy(image::open)
        .isInstanceOfSatisfying(
            UnsupportedFeatureException.class, e -> assertThat(e.features()).containsExactly(name));
  }

  @Test
  void refusesOtherVersionsByName() {
    PatchedImage image = image().u16(100, 0xb4a3);
    assertThatThrownBy(image::open)
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("superblock version 3");
  }

  @Test
  void readsOnWithUnknownReadOnlyFeaturesAndNeedsRepair() throws IOException {
    PatchedImage image = image().u32(212, 0x80000005L).u32(216, 0x1b);
    // Both fields must be read from here, so no copy may step in for the checksum.
    image.u32(17L << 20, 0).u32(34L << 20, 0);
    assertThat(image.open().notes())
        .contains("unknown ro_compat bit 0x80000000, which does not concern reading")
        .contains("marked as in need of xfs_repair; read as it is");
    assertThat(image.anomaly(XfsFault.NEEDS_REPAIR).imageOffset()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, INODE_MAGIC, 0",
    "4, 2, INODE_VERSION, 4",
    "2, 48, INODE_TYPE, 2",
    "5, 1, INODE_FORMAT, 5",
    "56, 255, INODE_SIZE, 56",
    "82, 255, INODE_FORK_OFFSET, 82",
  })
  void rejectsABadInodeWithItsOffset(int at, int value, XfsFault fault, int offset)
      throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/etc/large");
    long start = image.inodeOffset("/etc/large");
    FileSystemView fs = image.u8(start + at, value).open();
    assertFault(() -> fs.inode(inode.number()), fault, start + offset);
  }

  @Test
  void rejectsAFreeInodeAndImpossibleNumbers() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/etc/large");
    long start = image.inodeOffset("/etc/large");
    FileSystemView fs = image.u16(start + 2, 0).open();
    assertFault(() -> fs.inode(inode.number()), XfsFault.INODE_FREE, start + 2);
    for (long number : new long[] {-1, 0, 1, 7, 1L << 20, Long.MAX_VALUE}) {
      assertFault(() -> fs.inode(number), XfsFault.INODE_NUMBER, -1);
      assertThat(fs.inodeLocation(number)).isEqualTo(new ByteRange(0, 0));
    }
  }

  @ParameterizedTest
  @CsvSource({"96, CHECKSUM, 100", "160, METADATA_UUID, 160", "159, INODE_SELF, 152"})
  void recordsAnInodeThatContradictsItselfAndReadsOn(int at, XfsFault fault, int offset)
      throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/etc/large");
    long start = image.inodeOffset("/etc/large");
    FileSystemView fs = image.u8(start + at, 0x5a).open();
    assertThat(fs.inode(inode.number()).sizeBytes()).isEqualTo(inode.sizeBytes());
    assertThat(image.anomaly(fault).imageOffset()).isEqualTo(start + offset);
  }

  @Test
  void rejectsAnExtentOutsideOfTheFileSystem() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/etc/large");
    long fork = image.inodeOffset("/etc/large") + 176;
    FileSystemView fs = image.u64(fork + 8, -1L).open();
    assertFault(() -> fs.content(inode), XfsFault.EXTENT_RANGE, fork);
  }

  @Test
  void rejectsMoreExtentsThanTheInodeHolds() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/etc/large");
    long start = image.inodeOffset("/etc/large");
    FileSystemView fs = image.u32(start + 76, 1000).open();
    assertFault(() -> fs.content(inode), XfsFault.EXTENT_COUNT, start + 176);
  }

  @Test
  void rejectsExtentsOutOfOrder() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/unwritten");
    long fork = image.inodeOffset("/unwritten") + 176;
    FileSystemView fs = image.u64(fork + 16, 0).open();
    assertFault(() -> fs.content(inode), XfsFault.EXTENT_ORDER, fork + 16);
  }

  @ParameterizedTest
  @CsvSource({"0, 0x00ff, 0", "0, 0, 0", "2, 0xffff, 2", "2, 0, 2"})
  void rejectsABadExtentTreeRoot(int at, String value, int offset) throws IOException {
    PatchedImage image = smallBlocks();
    Inode inode = image.inode("/btree-deep");
    long root = image.inodeOffset("/btree-deep") + 176;
    FileSystemView fs = image.u16(root + at, Integer.decode(value)).open();
    assertFault(() -> fs.content(inode), XfsFault.BTREE_ROOT, root + offset);
  }

  private static long firstTreeBlock(PatchedImage image) throws IOException {
    long root = image.inodeOffset("/btree-deep") + 176;
    int forkBytes = (image.bytes[(int) root - 176 + 82] & 0xff) * 8;
    int slots = (forkBytes - 4) / 16;
    long block = ByteBuffer.wrap(image.bytes).getLong((int) root + 4 + slots * 8);
    return image.superblock().geometry().blockOffset(block, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, BTREE_MAGIC, 0",
    "5, 7, BTREE_LEVEL, 4",
    "6, 255, BTREE_RECORDS, 6",
  })
  void rejectsABadExtentTreeBlock(int at, int value, XfsFault fault, int offset)
      throws IOException {
    PatchedImage image = smallBlocks();
    Inode inode = image.inode("/btree-deep");
    long block = firstTreeBlock(image);
    FileSystemView fs = image.u8(block + at, value).open();
    assertFault(() -> fs.content(inode), fault, block + offset);
  }

  @Test
  void rejectsAnExtentTreeThatMeetsItself() throws IOException {
    PatchedImage image = smallBlocks();
    Inode inode = image.inode("/btree-deep");
    long block = firstTreeBlock(image);
    int pointers = 72 + (1024 - 72) / 16 * 8;
    long first = ByteBuffer.wrap(image.bytes).getLong((int) block + pointers);
    FileSystemView fs = image.u64(block + pointers + 8, first).open();
    long twice = image.superblock().geometry().blockOffset(first, 1);
    assertFault(() -> fs.content(inode), XfsFault.BTREE_CYCLE, twice);
  }

  @Test
  void recordsForeignBlocksOfAnExtentTreeAndReadsOn() throws IOException {
    PatchedImage image = smallBlocks();
    Inode inode = image.inode("/btree-deep");
    long block = firstTreeBlock(image);
    FileSystemView fs = image.u8(block + 31, 0x77).u8(block + 63, 0x77).open();
    assertThat(fs.content(inode)).isInstanceOf(FileContent.Mapped.class);
    assertThat(image.anomaly(XfsFault.METADATA_BLOCK).imageOffset()).isEqualTo(block + 24);
    assertThat(image.anomaly(XfsFault.METADATA_OWNER).imageOffset()).isEqualTo(block + 56);
  }

  @Test
  void rejectsAFileOfWhichExtentsAreMissing() throws IOException {
    PatchedImage image = smallBlocks();
    Inode inode = image.inode("/btree-deep");
    long start = image.inodeOffset("/btree-deep");
    FileSystemView fs = image.u32(start + 76, 1700).open();
    assertFault(() -> fs.content(inode), XfsFault.EXTENT_COUNT, start + 176);
    assertThat(image.anomaly(XfsFault.EXTENT_COUNT).imageOffset()).isEqualTo(start + 176);
  }

  private static long firstBlock(PatchedImage image, String path) throws IOException {
    FileSystemView fs = new PatchedImage(image.bytes).open();
    FileContent content = fs.content(image.inode(path));
    return ((FileContent.Mapped) content).extents().getFirst().volumeOffset();
  }

  @Test
  void leavesOutOnlyTheDamagedBlockOfADirectory() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/dir2200");
    long block = firstBlock(image, "/dir2200");
    FileSystemView fs = image.u32(block, 0).open();
    assertIncomplete(fs.directory(inode)).hasSizeBetween(1900, 2199);
    assertThat(image.anomaly(XfsFault.DIRECTORY_MAGIC).imageOffset()).isEqualTo(block);
  }

  @Test
  void keepsTheNamesBeforeADamagedEntry() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/dir50");
    long block = firstBlock(image, "/dir50");
    // ".", ".." take 16 bytes each, n00000 24.
    long third = block + 64 + 16 + 16 + 24;
    FileSystemView fs = image.u8(third + 8, 0).open();
    assertIncomplete(fs.directory(inode)).hasSize(1);
    assertThat(image.anomaly(XfsFault.DIRECTORY_ENTRY).imageOffset()).isEqualTo(third);
  }

  @Test
  void rejectsABadDirectoryTail() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/dir50");
    long block = firstBlock(image, "/dir50");
    FileSystemView fs = image.u32(block + 4088, 0xffff_ffffL).open();
    assertIncomplete(fs.directory(inode)).isEmpty();
    assertThat(image.anomaly(XfsFault.DIRECTORY_TAIL).imageOffset()).isEqualTo(block + 4088);
  }

  @Test
  void leavesOutNamesThatLinuxDoesNotAllow() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/dir5");
    long sf = image.inodeOffset("/dir5") + 176;
    // Header 6 bytes, then name length, offset and name.
    FileSystemView fs = image.u8(sf + 6 + 3, '/').open();
    assertIncomplete(fs.directory(inode)).hasSize(4);
    assertThat(image.anomaly(XfsFault.DIRECTORY_NAME).imageOffset()).isEqualTo(sf + 9);
  }

  @Test
  void leavesOutNamesOfImpossibleInodes() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/dir5");
    long sf = image.inodeOffset("/dir5") + 176;
    FileSystemView fs = image.u32(sf + 6 + 3 + 6 + 1, 0xffff_ffffL).open();
    assertIncomplete(fs.directory(inode)).hasSize(4);
    assertThat(image.anomaly(XfsFault.DIRECTORY_INODE).imageOffset()).isEqualTo(sf + 9);
  }

  @Test
  void keepsTheNamesOfAShortFormDirectoryBeforeTheDamage() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/dir5");
    long sf = image.inodeOffset("/dir5") + 176;
    long second = sf + 6 + 14;
    FileSystemView fs = image.u8(second, 0xff).open();
    assertIncomplete(fs.directory(inode))
        .extracting(e -> new String(e.name(), StandardCharsets.US_ASCII))
        .containsExactly("n00000");
    assertThat(image.anomaly(XfsFault.DIRECTORY_SHORTFORM).imageOffset()).isEqualTo(second);
  }

  @Test
  void rejectsABadShortFormAttributeFork() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/attrs-inline");
    long start = image.inodeOffset("/attrs-inline");
    long sf = start + 176 + (image.bytes[(int) start + 82] & 0xff) * 8L;
    FileSystemView fs = image.u8(sf + 4, 0).open();
    assertFault(() -> fs.extendedAttributes(inode), XfsFault.ATTRIBUTE_SHORTFORM, sf + 4);
  }

  private static long attributeBlock(PatchedImage image, String path) throws IOException {
    FileSystemView fs = new PatchedImage(image.bytes).open();
    StructViewOf fork = new StructViewOf(image, image.inodeOffset(path));
    assertThat(fs.inode(image.inode(path).number())).isNotNull();
    return fork.firstAttributeBlock();
  }

  /** The first block of an attribute fork in extents format, decoded by hand. */
  private record StructViewOf(PatchedImage image, long inode) {
    long firstAttributeBlock() throws IOException {
      long fork = inode + 176 + (image.bytes[(int) inode + 82] & 0xff) * 8L;
      long l0 = ByteBuffer.wrap(image.bytes).getLong((int) fork);
      long l1 = ByteBuffer.wrap(image.bytes).getLong((int) fork + 8);
      long block = ((l0 & 0x1ff) << 43) | (l1 >>> 21);
      return image.superblock().geometry().blockOffset(block, 1);
    }
  }

  @Test
  void recordsABadAttributeBlockMagic() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/attrs-leaf");
    long block = attributeBlock(image, "/attrs-leaf");
    FileSystemView fs = image.u16(block + 8, 0).open();
    assertThat(fs.extendedAttributes(inode)).isEmpty();
    assertThat(image.anomaly(XfsFault.ATTRIBUTE_MAGIC).imageOffset()).isEqualTo(block + 8);
  }

  @Test
  void losesOnlyTheDamagedAttribute() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/attrs-leaf");
    long block = attributeBlock(image, "/attrs-leaf");
    FileSystemView fs = image.u16(block + 80 + 4, 0xfffe).open();
    Map<String, byte[]> attributes = fs.extendedAttributes(inode);
    assertThat(attributes).hasSize(11);
    assertThat(image.anomaly(XfsFault.ATTRIBUTE_ENTRY).imageOffset()).isEqualTo(block + 80);
  }

  @Test
  void recordsAnAttributeNodeThatMeetsItself() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/attrs-node");
    long block = attributeBlock(image, "/attrs-node");
    FileSystemView fs = image.u32(block + 64 + 4, 0).u16(block + 88, 0).open();
    assertThat(fs.extendedAttributes(inode)).isNotEmpty();
    assertThat(image.anomalies.count(XfsFault.ATTRIBUTE_CYCLE.code())).isEqualTo(1);
  }

  @Test
  void rejectsABadSymbolicLink() throws IOException {
    PatchedImage image = image();
    Inode remote = image.inode("/etc/remote");
    Inode fast = image.inode("/etc/fast");
    long start = image.inodeOffset("/etc/fast");
    FileSystemView fs = image.u64(start + 56, 0).open();
    assertFault(() -> fs.symlinkTarget(fast), XfsFault.SYMLINK_LENGTH, start + 56);
    long remoteStart = image.inodeOffset("/etc/remote");
    long l1 = ByteBuffer.wrap(image.bytes).getLong((int) remoteStart + 176 + 8);
    long block = image.superblock().geometry().blockOffset(l1 >>> 21, 1);
    image.u8(block, 0);
    assertFault(() -> fs.symlinkTarget(remote), XfsFault.REMOTE_HEADER, block);
  }

  /**
   * {@code XFS_DIFLAG_REALTIME_BIT 0} of {@code fs/xfs/libxfs/xfs_format.h}, in {@code di_flags}.
   */
  @Test
  void refusesTheContentsOfRealtimeFilesByName() throws IOException {
    PatchedImage image = image();
    Inode inode = image.inode("/etc/large");
    long start = image.inodeOffset("/etc/large");
    FileSystemView fs = image.u8(start + 91, 1).open();
    assertThatThrownBy(() -> fs.content(inode))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("realtime");
  }

  @Test
  void losesOnlyTheFreeSpaceOfADamagedGroup() throws IOException {
    PatchedImage image = image();
    FileSystemView fs = image.u32(512, 0).open();
    assertThat(fs.freeRanges()).isNotEmpty().allMatch(r -> r.offset() >= 17L << 20);
    assertThat(image.anomaly(XfsFault.AGF_MAGIC).imageOffset()).isEqualTo(512);
  }
}
