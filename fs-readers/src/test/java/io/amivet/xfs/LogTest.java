package io.amivet.xfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.block.CorruptImageException;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalState;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of the log, against images that the kernel and xfsprogs left behind. */
class LogTest {
  @TempDir Path folder;

  private PatchedImage image(String name) throws IOException {
    return new PatchedImage(Files.readAllBytes(TestImages.unpack(name, folder)));
  }

  private enum State {
    CLEAN,
    DIRTY,
    UNREADABLE
  }

  private static State state(PatchedImage image) throws IOException {
    try {
      Log log = Log.find(new Metadata(image.device(), image.superblock(), image.anomalies));
      return log.isClean() ? State.CLEAN : State.DIRTY;
    } catch (CorruptImageException e) {
      return State.UNREADABLE;
    }
  }

  private static long logOffset(PatchedImage image) throws IOException {
    Superblock sb = image.superblock();
    return sb.geometry().blockOffset(sb.logStart(), sb.logBlocks());
  }

  @Test
  void tellsOfALogThatWasNotWrittenBack() throws IOException {
    PatchedImage image = image("xfs-dirty");
    FileSystemView fs = image.openAsOnDisk();
    assertThat(fs.journal()).isEqualTo(JournalState.AS_ON_DISK);
    assertThat(fs.notes())
        .containsExactly(
            "log was not written back (unclean shutdown); recent changes are not shown");
    assertThat(fs.staleReason()).hasValueSatisfying(r -> assertThat(r).contains("not replayed"));
    assertThat(image.anomaly(XfsFault.LOG_DIRTY).code()).isEqualTo("xfs.log.dirty");
    assertThat(fs.directory(fs.inode(fs.rootInodeNumber())).entries())
        .extracting(DirectoryEntry::name)
        .extracting(name -> new String(name, StandardCharsets.UTF_8))
        .containsExactly("before");
  }

  @Test
  void findsTheUnmountRecordOfTheKernelAndOfEveryTool() throws IOException {
    // Unmounted by the kernel, formatted by mkfs.xfs, cleared by xfs_admin and by xfs_repair.
    assertThat(state(image("xfs-al2"))).isEqualTo(State.CLEAN);
    assertThat(state(image("xfs-v4"))).isEqualTo(State.CLEAN);
    assertThat(state(image("xfs-meta-uuid"))).isEqualTo(State.CLEAN);
    assertThat(state(image("xfs-b1024"))).isEqualTo(State.CLEAN);
  }

  @Test
  void takesALogOfZerosForClean() throws IOException {
    PatchedImage image = image("xfs-dirty");
    Superblock sb = image.superblock();
    int start = Math.toIntExact(logOffset(image));
    int length = Math.toIntExact(sb.logBlocks() << sb.geometry().blockLog());
    Arrays.fill(image.bytes, start, start + length, (byte) 0);
    assertThat(state(image)).isEqualTo(State.CLEAN);
  }

  @Test
  void doesNotGuessAtALogOfNonsense() throws IOException {
    PatchedImage image = image("xfs-dirty");
    Superblock sb = image.superblock();
    int start = Math.toIntExact(logOffset(image));
    int length = Math.toIntExact(sb.logBlocks() << sb.geometry().blockLog());
    Arrays.fill(image.bytes, start, start + length, (byte) 0x11);
    assertThat(state(image)).isEqualTo(State.UNREADABLE);
    FileSystemView fs = image.open();
    assertThat(fs.notes()).containsExactly("state of the log cannot be determined");
    assertThat(fs.staleReason()).hasValueSatisfying(r -> assertThat(r).contains("damaged"));
    assertThat(image.anomaly(XfsFault.LOG_UNREADABLE).code()).isEqualTo("xfs.log.unreadable");
  }

  @Test
  void saysThatAnExternalLogIsNotAtHand() throws IOException {
    PatchedImage image = image("xfs-v4").u64(48, 0);
    FileSystemView fs = image.open();
    assertThat(fs.notes())
        .containsExactly("log is on another device; whether it was written back is not known");
    assertThat(fs.staleReason()).hasValueSatisfying(r -> assertThat(r).contains("another device"));
  }
}
