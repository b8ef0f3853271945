package io.amivet.xfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalState;
import io.amivet.fs.TreeWalk;
import io.amivet.testdata.TestImages;
import io.amivet.testing.TreeListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that cannot be replayed, or not to their end: what is shown says so. */
class LogDamageTest {
  private static byte[] good;

  private LogImage log;

  @BeforeAll
  static void unpack(@TempDir Path folder) throws IOException {
    good = Files.readAllBytes(TestImages.unpack("xfs-log-wrapped", folder));
  }

  @BeforeEach
  void copy() throws IOException {
    log = LogImage.of(good.clone());
    assertThat(log.records).hasSizeGreaterThan(20);
  }

  private static AbstractStringAssert<?> assertStale(FileSystemView fs, JournalState state) {
    assertThat(fs.journal()).isEqualTo(state);
    assertThat(fs.staleReason()).isPresent();
    return assertThat(fs.staleReason().orElseThrow());
  }

  private LogRecord middle() {
    return log.records.get(log.records.size() / 2);
  }

  private void damage(LogRecord record) {
    int at = log.payloadOffset(record) + 20;
    log.image.u8(at, ~log.image.bytes[at]);
  }

  @Test
  void endsWhereTheLastRecordsAreTorn() throws IOException {
    LogRecord torn = log.records.get(log.records.size() - 4);
    damage(torn);
    FileSystemView fs = log.image.open();
    // What the machine was about to write when it lost power never happened: so does the kernel.
    assertThat(fs.journal()).isEqualTo(JournalState.REPLAYED);
    assertThat(fs.staleReason()).isEmpty();
    Log found =
        Log.find(new Metadata(log.image.device(), log.image.superblock(), log.image.anomalies));
    assertThat(log.ring.volumeOffset(found.head())).isEqualTo(log.headerOffset(torn));
  }

  @Test
  void keepsWhatWasCommittedBeforeADamagedRecord() throws IOException {
    damage(middle());
    FileSystemView fs = log.image.open();
    assertStale(fs, JournalState.PARTLY_REPLAYED).contains("damaged");
    assertThat(log.image.anomaly(XfsFault.LOG_CHECKSUM).imageOffset())
        .isEqualTo(log.headerOffset(middle()) + 0x20);
    assertThat(TreeWalk.walk(fs, log.image.anomalies).entries()).hasSizeGreaterThan(10);
  }

  @Test
  void replaysNothingIfTheFirstRecordIsDamaged() throws IOException {
    damage(log.records.getFirst());
    assertStale(log.image.open(), JournalState.NOT_REPLAYED).contains("damaged");
  }

  @Test
  void refusesTheLogOfAMachineOfOtherByteOrderByName() throws IOException {
    log.image.u32(log.headerOffset(log.records.getFirst()) + 0x12c, 2);
    assertStale(log.image.open(), JournalState.NOT_REPLAYED).contains("byte order");
  }

  @Test
  void refusesUnknownFeaturesOfTheLogByName() throws IOException {
    log.image.u32(0xdc, 0x10);
    assertStale(log.image.open(), JournalState.NOT_REPLAYED).contains("log_incompat bit 0x10");
  }

  @Test
  void stopsAtAnItemOfUnknownKind() throws IOException {
    LogRecord record = middle();
    int item = firstItem(record);
    log.image.u16(item, 0x9912);
    log.sealed(record);
    assertStale(log.image.open(), JournalState.PARTLY_REPLAYED).contains("damaged");
    assertThat(log.image.anomaly(XfsFault.LOG_ITEM).message()).contains("type 0x1299");
  }

  /** Offset of the first item: after the start of the transaction and its header. */
  private int firstItem(LogRecord record) {
    int at = log.payloadOffset(record);
    int header = at + LogOperation.HEADER_BYTES;
    int afterHeader = header + LogOperation.HEADER_BYTES + 16;
    return afterHeader + LogOperation.HEADER_BYTES;
  }

  @Test
  void losesTheTransactionsFromAnImpossibleOperationOn() throws IOException {
    LogRecord record = middle();
    log.image.u8(log.payloadOffset(record) + 8, 0x11);
    log.sealed(record);
    assertStale(log.image.open(), JournalState.PARTLY_REPLAYED).contains("damaged");
    assertThat(log.image.anomaly(XfsFault.LOG_OPERATION).message()).contains("client 17");
  }

  @Test
  void readsAnInodeOnDiskThatIsNewerThanTheLogAsItIs() throws IOException {
    // The newest address there can be, in the root inode.
    long root = log.image.superblock().geometry().inodeOffset(log.image.superblock().rootInode());
    log.image.u64(root + 0x70, 0x7fff_ffff_0000_0000L).u16(root + 2, 0x41c9);
    FileSystemView fs = log.image.open();
    assertThat(fs.inode(fs.rootInodeNumber()).mode()).isEqualTo(0711);
    assertThat(fs.journal()).isEqualTo(JournalState.REPLAYED);
  }

  @Test
  void leavesAsideWhatDoesNotBelongToTheFileSystem() throws IOException {
    LogRecord record = middle();
    int uuid = log.headerOffset(record) + 0x130;
    log.image.u8(uuid, ~log.image.bytes[uuid]);
    log.sealed(record);
    assertStale(log.image.open(), JournalState.PARTLY_REPLAYED);
    assertThat(log.image.anomaly(XfsFault.LOG_RECORD).message()).contains("another file system");
  }

  @Test
  void showsTheWholeOfAnUndamagedLog() throws IOException {
    FileSystemView fs = log.image.open();
    assertThat(TreeListing.actual(fs, TreeWalk.walk(fs, log.image.anomalies), true))
        .containsExactlyElementsOf(TreeListing.expected("xfs-log-wrapped-replayed", Set.of()));
  }
}
