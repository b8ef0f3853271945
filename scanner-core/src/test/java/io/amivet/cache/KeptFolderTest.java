package io.amivet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.block.ByteRange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFolderTest {
  private static final int CHUNK = MemorySource.CHUNK_BYTES;
  private static final int DISK = 100 * CHUNK;
  private static final int HELD = 80;
  private static final long ROOMY = 1L << 30;

  @TempDir Path temporary;

  private Path kept() {
    return temporary.resolve("kept");
  }

  /** Reads a whole disk through what is kept; answers the source, whose fetches are counted. */
  private MemorySource read(String name, int bytes) throws IOException {
    MemorySource source = new MemorySource(DISK);
    read(new KeptFolder(kept(), ROOMY).over(source, name), source, bytes);
    return source;
  }

  private void read(KeptChunks chunks, MemorySource source, int bytes) throws IOException {
    try (BlockCache cache = BlockCache.open(chunks, temporary.resolve("slots"), ROOMY)) {
      byte[] target = new byte[bytes];
      cache.prefetch(List.of(new ByteRange(0, bytes)));
      cache.read(0, MemorySegment.ofArray(target));
      assertThat(target).isEqualTo(source.bytes(0, bytes));
      assertThat(cache.statistics().fetched()).isEqualTo(source.fetches());
      assertThat(cache.statistics().fetched() + cache.statistics().reused())
          .isEqualTo((long) bytes / CHUNK * 4 / 5);
    }
  }

  @Test
  void theSecondRunFetchesOnlyWhatTheFirstHadNot() throws IOException {
    assertThat(read("disk", DISK / 2).fetches()).isEqualTo(HELD / 2);
    assertThat(read("disk", DISK).fetches()).isEqualTo(HELD / 2);
    assertThat(read("disk", DISK).fetches()).isZero();
    assertThat(read("other", DISK).fetches()).isEqualTo(HELD);
  }

  @Test
  void damagedChunksAreFetchedAgainAndHealed() throws IOException {
    read("disk", DISK);
    try (RandomAccessFile blocks =
        new RandomAccessFile(kept().resolve("disk/blocks").toFile(), "rw")) {
      blocks.seek(7L * CHUNK + 99);
      blocks.write(blocks.read() ^ 1);
      blocks.setLength(DISK - 3 * CHUNK);
    }
    // Chunks 7, 97 and 98; 99 is not held.
    MemorySource again = read("disk", DISK);
    assertThat(again.fetches).containsOnlyKeys(7L, 97L, 98L);
    assertThat(read("disk", DISK).fetches()).isZero();
  }

  @Test
  void aDamagedIndexIsBegunAnew() throws IOException {
    read("disk", DISK);
    Files.write(kept().resolve("disk/index"), new byte[] {1, 2, 3});
    assertThat(read("disk", DISK).fetches()).isEqualTo(HELD);
    assertThat(read("disk", DISK).fetches()).isZero();
  }

  @Test
  void aDigestThatWasNotWrittenMeansNotKept() throws IOException {
    read("disk", DISK);
    try (RandomAccessFile index =
        new RandomAccessFile(kept().resolve("disk/index").toFile(), "rw")) {
      index.setLength(64 + 32 * 50);
    }
    assertThat(read("disk", DISK).fetches()).isEqualTo(HELD / 2);
  }

  @Test
  void twoUsersOfOneDiskShareIt() throws IOException {
    MemorySource first = new MemorySource(DISK);
    MemorySource second = new MemorySource(DISK);
    try (KeptChunks one = new KeptFolder(kept(), ROOMY).over(first, "disk");
        KeptChunks two = new KeptFolder(kept(), ROOMY).over(second, "disk")) {
      byte[] target = new byte[CHUNK];
      one.fetch(1, target);
      two.fetch(1, target);
      assertThat(target).isEqualTo(first.bytes(CHUNK, CHUNK));
      two.fetch(2, target);
      one.fetch(2, target);
    }
    assertThat(first.fetches).containsOnlyKeys(1L);
    assertThat(second.fetches).containsOnlyKeys(2L);
  }

  @Test
  void staysWithinItsLimitAndTheLongestUnusedMakesWay() throws IOException {
    long two = 2 * KeptFolder.CLAIM_BYTES;
    for (String name : List.of("oldest", "older", "newest")) {
      MemorySource source = new MemorySource(DISK);
      read(new KeptFolder(kept(), two).over(source, name), source, DISK);
      Files.setLastModifiedTime(
          kept().resolve(name).resolve("lock"),
          java.nio.file.attribute.FileTime.fromMillis(
              1000L * List.of("oldest", "older", "newest").indexOf(name)));
    }
    assertThat(kept().resolve("oldest")).doesNotExist();
    assertThat(kept().resolve("older")).exists();
    assertThat(kept().resolve("newest")).exists();
  }

  @Test
  void whatIsInUseStaysAndNothingIsKeptWithoutRoom() throws IOException {
    long one = KeptFolder.CLAIM_BYTES;
    MemorySource first = new MemorySource(DISK);
    MemorySource second = new MemorySource(DISK);
    try (KeptChunks inUse = new KeptFolder(kept(), one).over(first, "used")) {
      inUse.fetch(0, new byte[CHUNK]);
      KeptChunks full = new KeptFolder(kept(), one).over(second, "late");
      read(full, second, DISK);
      assertThat(full.isFull()).isTrue();
    }
    assertThat(second.fetches()).isEqualTo(HELD);
    assertThat(KeptFile.claimedBytes(kept().resolve("late"))).isZero();
    assertThat(KeptFile.claimedBytes(kept().resolve("used"))).isEqualTo(one);
  }

  @Test
  void onlyTheOwnerMayReadIt() throws IOException {
    read("disk", DISK);
    try (Stream<Path> all = Files.walk(kept())) {
      for (Path each : all.toList()) {
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
        assertThat(permissions).isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    KeptFolder folder = new KeptFolder(file, ROOMY);
    MemorySource source = new MemorySource(DISK);
    assertThatThrownBy(() -> folder.over(source, "disk"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--cache-dir");
    assertThatThrownBy(() -> folder.over(source, "../disk"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
