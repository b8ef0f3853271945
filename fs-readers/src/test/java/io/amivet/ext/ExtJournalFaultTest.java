package io.amivet.ext;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.JournalMode;
import io.amivet.fs.JournalState;
import io.amivet.fs.TreeWalk;
import io.amivet.testing.TreeListing;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One thing wrong with a journal at a time: what is replayed all the same, and what is said. */
final class ExtJournalFaultTest {
  private static final int SUPERBLOCK = 1024;

  @TempDir Path folder;

  private final AnomalyLog anomalies = new AnomalyLog();

  private FileSystemView replay(JournalImage image) throws IOException {
    return image.open(anomalies, JournalMode.REPLAY);
  }

  private List<String> codes() {
    return anomalies.toList().stream().map(Anomaly::code).distinct().toList();
  }

  private List<String> listing(FileSystemView fs) throws IOException {
    FileTree tree = TreeWalk.walk(fs, new AnomalyLog());
    return TreeListing.actual(fs, tree, true);
  }

  @Test
  void endsAtATransactionWhoseCommitIsDamaged() throws IOException {
    JournalImage image = new JournalImage("ext-journal", folder);
    int last = image.blocksOf(JournalImage.COMMIT).getLast();
    image.bytes()[last + 0x10] ^= 1;
    FileSystemView fs = replay(image);
    assertThat(fs.journal()).isEqualTo(JournalState.PARTLY_REPLAYED);
    assertThat(fs.staleReason()).hasValueSatisfying(r -> assertThat(r).contains("damaged"));
    assertThat(codes()).contains("ext4.journal.transaction", "ext4.journal.needs-recovery");
    assertThat(anomalies.toList().getFirst().imageOffset()).isEqualTo(last + 0x8);
    assertThat(TreeWalk.walk(fs, new AnomalyLog()).entries()).hasSizeGreaterThan(50);
  }

  @Test
  void endsSilentlyWhereTheNextCommitIsMissing() throws IOException {
    JournalImage image = new JournalImage("ext-journal", folder);
    image.bigEndian().putInt(image.blocksOf(JournalImage.COMMIT).getFirst(), 0);
    FileSystemView fs = replay(image);
    assertThat(fs.journal()).isEqualTo(JournalState.REPLAYED);
    assertThat(fs.notes()).contains("journal replayed in memory: 0 blocks of 0 transactions");
    assertThat(anomalies.isEmpty()).isTrue();
    assertThat(listing(fs))
        .containsExactlyElementsOf(TreeListing.expected("ext-journal.as-on-disk", Set.of()));
  }

  @Test
  void endsAtATransactionWhoseDescriptorIsDamaged() throws IOException {
    JournalImage image = new JournalImage("ext-journal", folder);
    image.bytes()[image.blocksOf(JournalImage.DESCRIPTOR).getLast() + 0x200] ^= 1;
    assertThat(replay(image).journal()).isEqualTo(JournalState.PARTLY_REPLAYED);
    assertThat(codes()).contains("ext4.journal.transaction");
  }

  @Test
  void endsAtATransactionWhoseOneChecksumIsWrong() throws IOException {
    JournalImage image = new JournalImage("ext-journal-sum", folder);
    int data = image.blocksOf(JournalImage.DESCRIPTOR).getLast() + 1024;
    image.bytes()[data + 100] ^= 1;
    assertThat(replay(image).journal()).isEqualTo(JournalState.PARTLY_REPLAYED);
    assertThat(codes()).contains("ext4.journal.transaction");
  }

  @Test
  void leavesOutADamagedDataBlockAndReplaysTheOthers() throws IOException {
    JournalImage image = new JournalImage("ext-journal", folder);
    int data = image.blocksOf(JournalImage.DESCRIPTOR).getLast() + 1024;
    image.bytes()[data + 100] ^= 1;
    FileSystemView fs = replay(image);
    assertThat(fs.journal()).isEqualTo(JournalState.PARTLY_REPLAYED);
    assertThat(anomalies.toList())
        .anySatisfy(a -> {
          assertThat(a.code()).isEqualTo("ext4.journal.data-checksum");
          assertThat(a.imageOffset()).isEqualTo(data);
        });
    assertThat(fs.notes().getFirst()).contains("68 blocks of 22 transactions");
  }

  @Test
  void leavesOutBlocksBehindTheEndOfTheVolume() throws IOException {
    JournalImage image = new JournalImage("ext-journal-ext3", folder);
    image.bigEndian().putInt(image.blocksOf(JournalImage.DESCRIPTOR).getLast() + 12, 0x7fffffff);
    assertThat(replay(image).journal()).isEqualTo(JournalState.PARTLY_REPLAYED);
    assertThat(codes()).contains("ext4.journal.target");
  }

  @Test
  void doesNotReplayWithRevocationsThatCannotBeRead() throws IOException {
    JournalImage image = new JournalImage("ext-journal-sum", folder);
    image.bigEndian().putInt(image.blocksOf(JournalImage.REVOKE).getFirst() + 12, 1025);
    FileSystemView fs = replay(image);
    assertThat(fs.journal()).isEqualTo(JournalState.NOT_REPLAYED);
    assertThat(codes()).contains("ext4.journal.revoke");
    assertThat(listing(fs))
        .containsExactlyElementsOf(TreeListing.expected("ext-journal-sum.as-on-disk", Set.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0, 0, ext4.journal.superblock",
    "0x4, 1, ext4.journal.superblock",
    "0xc, 4096, ext4.journal.superblock",
    "0x10, 0x7fffffff, ext4.journal.superblock",
    "0x14, 0, ext4.journal.superblock",
    "0x1c, 0x7fffffff, ext4.journal.superblock",
    "0x28, 0x80, ext4.journal.feature",
    "0x28, 0x18, ext4.journal.superblock",
    "0x28, 0x10, ext4.journal.superblock",
    "0x2c, 0x1, ext4.journal.feature",
  })
  void doesNotReplayWithAnUnusableSuperblock(int at, int value, String code) throws IOException {
    JournalImage image = new JournalImage("ext-journal-ext3", folder);
    image.bigEndian().putInt(image.at(0) + at, value);
    FileSystemView fs = replay(image);
    assertThat(fs.journal()).isEqualTo(JournalState.NOT_REPLAYED);
    assertThat(fs.staleReason()).isPresent();
    assertThat(codes()).containsExactly(code, "ext4.journal.needs-recovery");
    assertThat(listing(fs))
        .containsExactlyElementsOf(TreeListing.expected("ext-journal-ext3.as-on-disk", Set.of()));
  }

  @Test
  void takesAnEmptyJournalForWhatItIs() throws IOException {
    JournalImage image = new JournalImage("ext-journal-ext3", folder);
    image.bigEndian().putInt(image.at(0) + 0x1c, 0);
    FileSystemView fs = replay(image);
    assertThat(fs.journal()).isEqualTo(JournalState.CLEAN);
    assertThat(fs.staleReason()).isEmpty();
    assertThat(anomalies.isEmpty()).isTrue();
  }

  @Test
  void namesAJournalOnAnotherDevice() throws IOException {
    JournalImage image = new JournalImage("ext-journal-ext3", folder);
    image.bigEndian().putInt(SUPERBLOCK + 0xe0, 0).putLong(SUPERBLOCK + 0xd0, 0x5a17c0de00004000L);
    FileSystemView fs = replay(image);
    assertThat(fs.journal()).isEqualTo(JournalState.NOT_REPLAYED);
    assertThat(fs.staleReason())
        .hasValueSatisfying(r -> assertThat(r).contains("another device, uuid 5a17c0de00004000"));
    assertThat(codes()).containsExactly("ext4.journal.external", "ext4.journal.needs-recovery");
  }

  @Test
  void doesNotReplayWhenTheJournalsOwnFileIsDamaged() throws IOException {
    JournalImage image = new JournalImage("ext-journal-ext3", folder);
    FileSystemView asOnDisk = image.open(new AnomalyLog(), JournalMode.AS_ON_DISK);
    int inode = (int) asOnDisk.inodeLocation(8).offset();
    image.bigEndian().order(ByteOrder.LITTLE_ENDIAN).putShort(inode, (short) 0x41a4);
    assertThat(replay(image).journal()).isEqualTo(JournalState.NOT_REPLAYED);
    assertThat(codes()).contains("ext4.journal.inode");
  }

  /** A backup does not know whether the volume is mounted; the journal does. */
  @Test
  void replaysBehindABackupSuperblockThatLacksTheFlag() throws IOException {
    JournalImage image = new JournalImage("ext-journal-ext3", folder);
    image.bigEndian().putShort(SUPERBLOCK + 0x38, (short) 0);
    FileSystemView fs = replay(image);
    assertThat(fs.journal()).isEqualTo(JournalState.REPLAYED);
    assertThat(listing(fs))
        .containsExactlyElementsOf(TreeListing.expected("ext-journal-ext3.replayed", Set.of()));
  }
}
