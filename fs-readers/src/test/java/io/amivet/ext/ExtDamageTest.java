package io.amivet.ext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MemoryDevice;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What damage costs: the part that it hit, and no more. */
final class ExtDamageTest {
  @TempDir Path folder;

  private final AnomalyLog anomalies = new AnomalyLog();

  private byte[] image(String name) throws IOException {
    return Files.readAllBytes(TestImages.unpack(name, folder));
  }

  private FileSystemView open(byte[] image) throws IOException {
    return new ExtFormat().open(new MemoryDevice("image", image), anomalies);
  }

  private static Inode find(FileSystemView fs, String path) throws IOException {
    return new PathLookup(fs).find(FsPath.of(path)).map(FileEntry::inode).orElseThrow();
  }

  private static String read(FileSystemView fs, FileContent content, long position, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    new ContentReader(fs.volume(), content).read(position, MemorySegment.ofArray(bytes));
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** Every other block is written; 84 fit a leaf, and four leaves an index block of the inode. */
  @Test
  void losesThePartOfAFileThatADamagedLeafMaps() throws IOException {
    byte[] image = image("ext-unwritten");
    FileSystemView fs = open(image);
    Inode fragmented = find(fs, "/fragmented");
    int root = (int) fs.inodeLocation(fragmented.number()).offset() + 0x28;
    ByteBuffer le = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    int index = le.getInt(root + 12 + 4) * 1024;
    long firstLost = le.getInt(index + 24);
    long firstKept = le.getInt(index + 36);
    le.putShort(le.getInt(index + 24 + 4) * 1024, (short) 0);

    FileContent content = fs.content(fragmented);
    assertThat(content.sizeBytes()).isEqualTo(fragmented.sizeBytes());
    assertThat(read(fs, content, 0, 7)).isEqualTo("piece 0");
    assertThat(read(fs, content, (firstLost - 2) * 1024, 7)).startsWith("piece ");
    assertThat(read(fs, content, firstKept * 1024, 9)).isEqualTo("piece " + firstKept);
    CorruptImageException e =
        catchThrowableOfType(
            CorruptImageException.class, () -> read(fs, content, firstLost * 1024, 1));
    assertThat(e.fault()).isEqualTo(ExtFault.EXTENT_MAGIC);
    assertThat(content.writtenRanges()).anyMatch(range -> range.contains(firstLost * 1024));
    assertThat(anomalies.isEmpty()).isTrue();
  }

  @Test
  void losesTheBlockOfAFileThatABadNumberMaps() throws IOException {
    byte[] image = image("ext-ext2");
    FileSystemView fs = open(image);
    Inode single = find(fs, "/single");
    int root = (int) fs.inodeLocation(single.number()).offset() + 0x28;
    ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(root + 4, 0x7fffffff);

    FileContent content = fs.content(single);
    assertThat(read(fs, content, 0, 1024)).startsWith("single line 000001");
    assertThat(read(fs, content, 2048, 1024)).contains("single line ");
    CorruptImageException e =
        catchThrowableOfType(CorruptImageException.class, () -> read(fs, content, 1024, 1));
    assertThat(e.fault()).isEqualTo(ExtFault.BLOCK_RANGE);
    assertThat(e.imageOffset()).isEqualTo(root + 4);
  }

  /** Group 16 begins the second meta group; the copies are in groups 17 and 31. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void usesTheOtherCopiesOfDescriptorsInAMetaGroup(int damaged) throws IOException {
    byte[] image = image("ext-metabg");
    int entries = TreeWalk.walk(open(image), anomalies).entries().size();
    int[] copies = {(1 + 16 * 1024) * 1024, (1 + 17 * 1024) * 1024};
    for (int i = 0; i < damaged; i++) {
      Arrays.fill(image, copies[i], copies[i] + 1024, (byte) 0xff);
    }
    assertThat(TreeWalk.walk(open(image), anomalies).entries()).hasSize(entries);
    assertThat(codes()).containsExactly("ext4.group.checksum", "ext4.group.backup");
  }

  private List<String> codes() {
    return anomalies.toList().stream().map(Anomaly::code).distinct().toList();
  }
}
