package io.amivet.fat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MemoryDevice;
import io.amivet.block.StructView;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FsPath;
import io.amivet.fs.PathLookup;
import io.amivet.fs.TreeWalk;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged tables and entries of a FAT16 volume, and names that mtools cannot make. */
class FatFaultTest {
  private static final long FREE_CLUSTERS = 8095 - 364;

  @TempDir Path folder;
  private final AnomalyLog anomalies = new AnomalyLog();
  private byte[] bytes = new byte[0];
  private ByteBuffer image = ByteBuffer.allocate(0);
  private BootSector boot = new BootSector(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "");

  @BeforeEach
  void unpack() throws IOException {
    bytes = Files.readAllBytes(TestImages.unpack("fat-16", folder));
    image = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boot = BootSector.parse(device().struct("boot", 0, BootSector.SIZE_BYTES));
  }

  private BlockDevice device() {
    return new MemoryDevice("image", bytes);
  }

  private FileSystemView open() throws IOException {
    return new FatFormat().open(device(), anomalies);
  }

  private FileEntry entry(FileSystemView fs, String path) throws IOException {
    return new PathLookup(fs).find(FsPath.of(path)).orElseThrow();
  }

  private int firstCluster(String path) throws IOException {
    long position = entry(open(), path).inode().number() * DiskEntry.SIZE_BYTES;
    return image.getShort((int) position + 26) & 0xffff;
  }

  private void setNext(int copy, int cluster, int next) {
    int at = (int) (boot.tableStart() + copy * boot.tableBytes()) + cluster * 2;
    image.putShort(at, (short) next);
  }

  private byte[] read(FileSystemView fs, String path) throws IOException {
    return new ContentReader(fs.volume(), fs.content(entry(fs, path).inode())).readUpTo(1 << 20);
  }

  @Test
  void usesTheSecondTableWhereTheFirstIsDamaged() throws IOException {
    byte[] before = read(open(), "/pieces/scattered");
    setNext(0, firstCluster("/pieces/scattered"), 0);
    assertThat(read(open(), "/pieces/scattered")).isEqualTo(before).hasSize(40_000);
    assertThat(anomalies.toList()).extracting(Anomaly::code).contains(FatFault.TABLE_COPY.code());
  }

  @Test
  void refusesAFileWhoseChainEndsTooEarly() throws IOException {
    int first = firstCluster("/pieces/scattered");
    setNext(0, first, 0xffff);
    FileSystemView fs = open();
    assertThatThrownBy(() -> read(fs, "/pieces/scattered"))
        .isInstanceOfSatisfying(
            CorruptImageException.class,
            e -> assertThat(e.fault()).isEqualTo(FatFault.CHAIN_SHORT));
  }

  @Test
  void endsADirectoryThatRunsInACircle() throws IOException {
    int first = firstCluster("/many");
    setNext(0, first, first);
    assertThat(TreeWalk.walk(open(), anomalies).complete()).isFalse();
    assertThat(anomalies.toList()).extracting(Anomaly::code).contains(FatFault.CHAIN_LOOP.code());
  }

  @Test
  void readsADirectoryOnlyUnderOneName() throws IOException {
    int shared = firstCluster("/EFI");
    long many = entry(open(), "/many").inode().number() * DiskEntry.SIZE_BYTES;
    image.putShort((int) many + 26, (short) shared);
    assertThat(TreeWalk.walk(open(), anomalies).complete()).isFalse();
    assertThat(anomalies.toList())
        .extracting(Anomaly::code)
        .contains(FatFault.DIRECTORY_SHARED.code());
  }

  @Test
  void findsTheClustersOfDeletedFilesFree() throws IOException {
    FileSystemView fs = open();
    assertThat(fs.freeRanges()).isNotEmpty();
    long free = fs.freeRanges().stream().mapToLong(range -> range.length()).sum();
    // As fsck.fat -v counts them.
    assertThat(free / boot.clusterBytes()).isEqualTo(FREE_CLUSTERS);
  }

  @Test
  void joinsTheHalvesOfASurrogatePairAcrossPieces() {
    // Thirteen units to a piece: the pair is units 12 and 13.
    String name = "abcdefghijkl\ud83d\ude00.txt";
    byte[] shortEntry = new byte[32];
    byte[] shortName = "ABCDEF~1TXT".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(shortName, 0, shortEntry, 0, 11);
    DiskEntry entry = new DiskEntry(struct(shortEntry));
    LongName longName = new LongName();
    longName.add(struct(slot(name, 2, true, entry.checksum())));
    longName.add(struct(slot(name, 1, false, entry.checksum())));
    assertThat(longName.of(entry)).hasValue(name.getBytes(StandardCharsets.UTF_8));
    longName.clear();
    longName.add(struct(slot(name, 2, true, entry.checksum() ^ 1)));
    longName.add(struct(slot(name, 1, false, entry.checksum() ^ 1)));
    assertThat(longName.of(entry)).isEmpty();
  }

  private static byte[] slot(String name, int number, boolean last, int checksum) {
    byte[] units = new byte[26];
    for (int i = 0; i < 13; i++) {
      int at = (number - 1) * 13 + i;
      int unit = at < name.length() ? name.charAt(at) : at == name.length() ? 0 : 0xffff;
      units[2 * i] = (byte) unit;
      units[2 * i + 1] = (byte) (unit >> 8);
    }
    byte[] slot = new byte[32];
    slot[0] = (byte) (last ? number | 0x40 : number);
    System.arraycopy(units, 0, slot, 1, 10);
    slot[11] = 0x0f;
    slot[13] = (byte) checksum;
    System.arraycopy(units, 10, slot, 14, 12);
    System.arraycopy(units, 22, slot, 28, 4);
    return slot;
  }

  private static StructView struct(byte[] bytes) {
    return new StructView(
        new MemoryDevice("entry", bytes), "msdos_dir_entry", 0, MemorySegment.ofArray(bytes));
  }

  @Test
  void rollsImpossibleDatesOverAsLinuxDoes() {
    byte[] entry = new byte[32];
    entry[24] = (byte) 0x7f; // day 31
    entry[25] = (byte) 0x04; // 1982, March
    DiskEntry disk = new DiskEntry(struct(entry));
    assertThat(disk.modified()).hasToString("1982-03-31T00:00:00Z");
    assertThat(disk.accessed()).hasToString("1980-01-01T00:00:00Z");
  }
}
