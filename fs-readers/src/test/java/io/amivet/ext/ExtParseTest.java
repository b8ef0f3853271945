package io.amivet.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MemoryDevice;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.ContentReader;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import io.amivet.fs.PathLookup;
import io.amivet.fs.TreeWalk;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One wrong field at a time, each blamed by name and place. */
final class ExtParseTest {
  private static final int SUPERBLOCK = 1024;

  @TempDir Path folder;

  private final AnomalyLog anomalies = new AnomalyLog();

  private byte[] image(String name) throws IOException {
    return Files.readAllBytes(TestImages.unpack(name, folder));
  }

  private FileSystemView open(byte[] image) throws IOException {
    return new ExtFormat().open(new MemoryDevice("image", image), anomalies);
  }

  private static ByteBuffer le(byte[] image) {
    return ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static CorruptImageException fault(ThrowingRead read) {
    return catchThrowableOfType(CorruptImageException.class, read::run);
  }

  private interface ThrowingRead {
    void run() throws IOException;
  }

  private static Inode find(FileSystemView fs, String path) throws IOException {
    return new PathLookup(fs).find(FsPath.of(path)).map(FileEntry::inode).orElseThrow();
  }

  /** The image without checksums, so that one wrong field is all that is wrong. */
  @ParameterizedTest
  @CsvSource({
    "SUPERBLOCK_MAGIC, 0x38, 2, 0xef54",
    "SUPERBLOCK_BLOCK_SIZE, 0x18, 4, 7",
    "SUPERBLOCK_BLOCKS, 0x4, 4, 0",
    "SUPERBLOCK_FIRST_BLOCK, 0x14, 4, 2",
    "SUPERBLOCK_GROUP_SIZE, 0x20, 4, 0",
    "SUPERBLOCK_GROUP_SIZE, 0x20, 4, 0x7fffffff",
    "SUPERBLOCK_INODES, 0x28, 4, 0",
    "SUPERBLOCK_INODE_SIZE, 0x58, 2, 100",
    "SUPERBLOCK_INODE_SIZE, 0x58, 2, 2048",
  })
  void blamesTheFieldOfTheSuperblock(ExtFault expected, int at, int bytes, int value)
      throws IOException {
    byte[] image = image("ext-linkattr");
    if (bytes == 2) {
      le(image).putShort(SUPERBLOCK + at, (short) value);
    } else {
      le(image).putInt(SUPERBLOCK + at, value);
    }
    CorruptImageException e = fault(() -> open(image));
    assertThat(e.fault()).isEqualTo(expected);
    assertThat(e.imageOffset()).isEqualTo(SUPERBLOCK + at);
  }

  @Test
  void blamesTheDescriptorSize() throws IOException {
    byte[] image = image("ext-linkattr");
    le(image).putShort(SUPERBLOCK + 0xfe, (short) 48);
    assertThat(fault(() -> open(image)).fault()).isEqualTo(ExtFault.SUPERBLOCK_DESC_SIZE);
  }

  @Test
  void blamesTheClusterSize() throws IOException {
    byte[] image = image("ext-bigalloc");
    le(image).putInt(SUPERBLOCK + 0x1c, 21);
    assertThat(fault(() -> open(image)).fault()).isEqualTo(ExtFault.SUPERBLOCK_CLUSTER_SIZE);
  }

  @Test
  void refusesUnknownIncompatibleFeaturesByName() throws IOException {
    byte[] image = image("ext-linkattr");
    le(image).putInt(SUPERBLOCK + 0x60, le(image).getInt(SUPERBLOCK + 0x60) | 0x80000001);
    assertThatThrownBy(() -> open(image))
        .isInstanceOfSatisfying(
            UnsupportedFeatureException.class,
            e ->
                assertThat(e.features())
                    .containsExactly("compression", "unknown incompatible feature 0x80000000"));
  }

  @Test
  void readsOnWithUnknownReadOnlyFeaturesAndNotesThem() throws IOException {
    byte[] image = image("ext-linkattr");
    le(image).putInt(SUPERBLOCK + 0x64, le(image).getInt(SUPERBLOCK + 0x64) | 0x40000000);
    FileSystemView fs = open(image);
    assertThat(fs.notes())
        .containsExactly("feature unknown read-only compatible feature 0x40000000");
    assertThat(find(fs, "/link").sizeBytes()).isEqualTo(6);
  }

  @Test
  void usesABackupWhenThePrimaryIsDamaged() throws IOException {
    byte[] image = image("ext-new");
    image[SUPERBLOCK + 0x28] ^= 1;
    FileSystemView fs = open(image);
    assertThat(find(fs, "/etc/passwd").isRegular()).isTrue();
    assertThat(codes()).contains("ext4.superblock.checksum", "ext4.superblock.backup");
  }

  @Test
  void recognisesAVolumeWhoseStartWasWiped() throws IOException {
    byte[] image = image("ext-new");
    Arrays.fill(image, 0, 2048, (byte) 0);
    assertThat(new ExtFormat().probe(new MemoryDevice("image", image))).isTrue();
    assertThat(find(open(image), "/etc/passwd").isRegular()).isTrue();
  }

  @Test
  void takesNoOtherVolumeForItsOwn() throws IOException {
    ExtFormat format = new ExtFormat();
    assertThat(format.probe(new MemoryDevice("tiny", new byte[2000]))).isFalse();
    assertThat(format.probe(new MemoryDevice("zeros", new byte[1 << 20]))).isFalse();
    byte[] image = image("ext-new");
    // Formatted anew: the old backups are still there, and here the root directory too.
    Arrays.fill(image, 0, 4096, (byte) 0x58);
    System.arraycopy("XFSB".getBytes(StandardCharsets.US_ASCII), 0, image, 0, 4);
    assertThat(format.probe(new MemoryDevice("other", image))).isFalse();
    Arrays.fill(image, 0, 4, (byte) 0);
    Arrays.fill(image, 4096, 1 << 20, (byte) 0x58);
    assertThat(format.probe(new MemoryDevice("only backups left", image))).isFalse();
  }

  @Test
  void recognisesAVolumeWhoseStartWasOverwrittenByItsRootDirectory() throws IOException {
    byte[] image = image("ext-new");
    Arrays.fill(image, 0, 4096, (byte) 0x58);
    assertThat(new ExtFormat().probe(new MemoryDevice("image", image))).isTrue();
    assertThat(find(open(image), "/etc/passwd").isRegular()).isTrue();
    assertThat(codes()).contains("ext4.superblock.backup");
  }

  @Test
  void replacesADamagedGroupDescriptorByItsBackup() throws IOException {
    byte[] image = image("ext-new");
    le(image).putInt(2048 + 8, 0x7fffffff);
    FileSystemView fs = open(image);
    assertThat(find(fs, "/etc/passwd").isRegular()).isTrue();
    assertThat(codes()).contains("ext4.group.checksum", "ext4.group.backup");
    assertThat(anomalies.toList().getFirst().imageOffset()).isEqualTo(2048 + 0x1e);
  }

  @Test
  void recordsAnInodeChecksumAndReadsOn() throws IOException {
    byte[] image = image("ext-new");
    FileSystemView fs = open(image);
    Inode passwd = find(fs, "/etc/passwd");
    long at = fs.inodeLocation(passwd.number()).offset();
    image[(int) at + 0x8] ^= 1;
    assertThat(fs.inode(passwd.number()).sizeBytes()).isEqualTo(passwd.sizeBytes());
    assertThat(anomalies.toList())
        .containsExactly(
            new Anomaly(
                "ext4.inode.checksum",
                "inode checksum mismatch in ext4_inode at image offset "
                    + (at + 0x7c)
                    + ": inode "
                    + passwd.number(),
                at + 0x7c));
  }

  @ParameterizedTest
  @CsvSource({
    "INODE_FREE, 0x0, 0, 0x0",
    "INODE_TYPE, 0x0, 0x31a4, 0x0",
    "INODE_FREE, 0x1a, 0, 0x1a",
    "EXTENT_MAGIC, 0x28, 0xf30b, 0x28",
    "EXTENT_COUNT, 0x2a, 5, 0x2a",
    "EXTENT_DEPTH, 0x2e, 6, 0x2e",
    "EXTENT_LENGTH, 0x38, 0, 0x38",
    "EXTENT_RANGE, 0x3a, 0xffff, 0x3a",
  })
  void blamesTheFieldOfTheInode(ExtFault expected, int at, int value, int blamedAt)
      throws IOException {
    byte[] image = image("ext-new");
    FileSystemView fs = open(image);
    Inode passwd = find(fs, "/etc/passwd");
    int inodeAt = (int) fs.inodeLocation(passwd.number()).offset();
    le(image).putShort(inodeAt + at, (short) value);
    CorruptImageException e =
        fault(() -> {
          fs.content(fs.inode(passwd.number()));
        });
    assertThat(e.fault()).isEqualTo(expected);
    assertThat(e.imageOffset()).isEqualTo(inodeAt + blamedAt);
  }

  @Test
  void blamesExtentsOutOfOrder() throws IOException {
    byte[] image = image("ext-unwritten");
    FileSystemView fs = open(image);
    Inode partly = find(fs, "/partly");
    int inodeAt = (int) fs.inodeLocation(partly.number()).offset();
    le(image).putInt(inodeAt + 0x28 + 24, 0);
    FileContent left = fs.content(partly);
    assertThat(left).isInstanceOf(FileContent.Encoded.class);
    CorruptImageException e =
        fault(() -> new ContentReader(fs.volume(), left).readUpTo((int) left.sizeBytes()));
    assertThat(e.fault()).isEqualTo(ExtFault.EXTENT_ORDER);
    assertThat(e.imageOffset()).isEqualTo(inodeAt + 0x28 + 24);
  }

  @Test
  void rejectsInodeNumbersOutsideTheTables() throws IOException {
    FileSystemView fs = open(image("ext-new"));
    for (long number : new long[] {-1, 0, 1L << 40}) {
      assertThat(fault(() -> fs.inode(number)).fault()).isEqualTo(ExtFault.INODE_NUMBER);
      assertThat(fs.inodeLocation(number).length()).isZero();
    }
  }

  @Test
  void keepsTheNamesBeforeAMalformedDirectoryEntry() throws IOException {
    byte[] image = image("ext-linkattr");
    FileSystemView fs = open(image);
    Inode root = fs.inode(fs.rootInodeNumber());
    List<DirectoryEntry> whole = fs.directory(root).entries();
    int block = (int) FirstBlock.of(fs, root);
    int third = 12 + 12;
    int fourth = third + le(image).getShort(block + third + 4);
    le(image).putShort(block + fourth + 4, (short) 7);
    DirectoryListing part = fs.directory(root);
    assertThat(part.entries()).hasSizeLessThan(whole.size()).isNotEmpty();
    assertThat(part.complete()).isFalse();
    assertThat(anomalies.toList())
        .singleElement()
        .satisfies(a -> assertThat(a.code()).isEqualTo("ext4.directory.entry"))
        .satisfies(a -> assertThat(a.imageOffset()).isEqualTo(block + fourth));
  }

  @Test
  void leavesOutNamesThatWouldMakeAnotherPath() throws IOException {
    byte[] image = image("ext-linkattr");
    FileSystemView fs = open(image);
    Inode root = fs.inode(fs.rootInodeNumber());
    int block = (int) FirstBlock.of(fs, root);
    int before = fs.directory(root).entries().size();
    image[block + 24 + 8] = '/';
    assertThat(fs.directory(root).entries()).hasSize(before - 1);
    assertThat(fs.directory(root).complete()).isFalse();
    assertThat(codes()).containsExactly("ext4.directory.name");
  }

  @Test
  void makesNamesOfAnEncryptedDirectoryPossible() throws IOException {
    byte[] image = image("ext-linkattr");
    FileSystemView fs = open(image);
    Inode root = fs.inode(fs.rootInodeNumber());
    int block = (int) FirstBlock.of(fs, root);
    int nameBytes = image[block + 24 + 6];
    image[block + 24 + 8] = '/';
    image[block + 24 + 9] = 0;
    int inodeAt = (int) fs.inodeLocation(root.number()).offset();
    le(image).putInt(inodeAt + 0x20, le(image).getInt(inodeAt + 0x20) | 0x800);
    assertThat(fs.inode(root.number()).encrypted()).isTrue();
    DirectoryListing listing = fs.directory(root);
    byte[] stored = Arrays.copyOfRange(image, block + 32, block + 32 + nameBytes);
    // Eight bytes of the directory's hash come first in what is encoded.
    assertThat(listing.complete()).isTrue();
    assertThat(listing.entries())
        .extracting(entry -> Base64.getUrlDecoder().decode(entry.name()))
        .extracting(decoded -> Arrays.copyOfRange(decoded, 8, decoded.length))
        .contains(stored);
    assertThat(anomalies.isEmpty()).isTrue();
  }

  @Test
  void isIncompleteWhereADirectoryHasAHole() throws IOException {
    byte[] image = image("ext-linkattr");
    FileSystemView fs = open(image);
    Inode root = fs.inode(fs.rootInodeNumber());
    int inodeAt = (int) fs.inodeLocation(root.number()).offset();
    // An extent tree without extents.
    le(image).putShort(inodeAt + 0x2a, (short) 0);
    assertThat(fs.directory(root)).isEqualTo(new DirectoryListing(List.of(), false));
    assertThat(codes()).containsExactly("ext4.directory.hole");
    assertThat(TreeWalk.walk(fs, anomalies).complete()).isFalse();
  }

  @Test
  void isIncompleteWhereABranchOfADirectorysMapIsDamaged() throws IOException {
    byte[] image = image("ext-ext2");
    FileSystemView fs = open(image);
    Inode root = fs.inode(fs.rootInodeNumber());
    int inodeAt = (int) fs.inodeLocation(root.number()).offset();
    le(image).putInt(inodeAt + 0x28, 0x7fffffff);
    assertThat(fs.directory(root)).isEqualTo(new DirectoryListing(List.of(), false));
    assertThat(codes()).contains("ext4.block.range");
  }

  @Test
  void readsTreesOfTwoLevelsAndDevicesOfBothEncodings() throws IOException {
    byte[] deep = image("ext-unwritten");
    FileSystemView fs = open(deep);
    Inode fragmented = find(fs, "/fragmented");
    int root = (int) fs.inodeLocation(fragmented.number()).offset() + 0x28;
    assertThat(le(deep).getShort(root + 0x6)).isEqualTo((short) 2);
    assertThat(((FileContent.Mapped) fs.content(fragmented)).extents()).hasSize(801);
    byte[] image = image("ext-default");
    FileSystemView devices = open(image);
    Inode small = find(devices, "/home/user/null");
    Inode large = find(devices, "/home/user/big-minor");
    assertThat(le(image).getInt((int) devices.inodeLocation(small.number()).offset() + 0x28))
        .isEqualTo(0x103);
    assertThat(small.deviceMajor()).isEqualTo(1);
    assertThat(small.deviceMinor()).isEqualTo(3);
    assertThat(le(image).getInt((int) devices.inodeLocation(large.number()).offset() + 0x28))
        .isZero();
    assertThat(large.deviceMajor()).isEqualTo(259);
    assertThat(large.deviceMinor()).isEqualTo(65535);
  }

  @Test
  void recordsADirectoryChecksumAndReadsOn() throws IOException {
    byte[] image = image("ext-new");
    FileSystemView fs = open(image);
    Inode root = fs.inode(fs.rootInodeNumber());
    int before = fs.directory(root).entries().size();
    image[(int) FirstBlock.of(fs, root) + 24 + 9] ^= 1;
    assertThat(fs.directory(root).entries()).hasSize(before);
    assertThat(fs.directory(root).complete()).isTrue();
    assertThat(codes()).containsExactly("ext4.directory.checksum");
  }

  @Test
  void readsAnImageThatWasCutOff() throws IOException {
    byte[] whole = image("ext-new");
    FileSystemView fs = open(Arrays.copyOf(whole, whole.length / 2));
    assertThat(codes()).contains("ext4.superblock.truncated");
    assertThat(find(fs, "/etc/passwd").isRegular()).isTrue();
  }

  private List<String> codes() {
    return anomalies.toList().stream().map(Anomaly::code).distinct().toList();
  }
}
