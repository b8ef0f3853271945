package io.amivet.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FullDiskTest {
  private static final int CHUNK = MemorySource.CHUNK_BYTES;

  @TempDir Path folder;

  /** A store in memory that has room for one chunk less than it says. */
  private static final class FullStore implements SlotStore {
    private final byte[] bytes = new byte[8 * CHUNK];

    @Override
    public int slots() {
      return 8;
    }

    @Override
    public void write(int slot, byte[] chunk) throws IOException {
      // Half of it arrives, as on a real disk.
      System.arraycopy(chunk, 0, bytes, slot * CHUNK, CHUNK / 2);
      if (slot == 2) {
        throw new IOException("No space left on device");
      }
      System.arraycopy(chunk, CHUNK / 2, bytes, slot * CHUNK + CHUNK / 2, CHUNK / 2);
    }

    @Override
    public void copy(int slot, long offsetInChunk, MemorySegment target) {
      MemorySegment from = MemorySegment.ofArray(bytes);
      MemorySegment.copy(from, (long) slot * CHUNK + offsetInChunk, target, 0, target.byteSize());
    }

    @Override
    public void close() {}
  }

  @Test
  void aChunkThatCouldNotBeWrittenIsNeverServed() throws IOException {
    MemorySource source = new MemorySource(20 * CHUNK);
    try (BlockCache cache = new BlockCache(source, new FullStore())) {
      byte[] one = new byte[CHUNK];
      cache.read(0, MemorySegment.ofArray(one));
      cache.read(CHUNK, MemorySegment.ofArray(one));
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> cache.read(2 * CHUNK, MemorySegment.ofArray(one)))
            .hasMessageContaining("No space left");
      }
      assertThat(cache.failedChunks()).containsExactly(2L);
      cache.read(0, MemorySegment.ofArray(one));
      assertThat(one).isEqualTo(source.bytes(0, CHUNK));
    }
  }

  @Test
  @Tag("long")
  void aFullFileSystemEndsInASentenceThatNamesTheFolder() throws Exception {
    assumeThat(System.getProperty("user.name")).as("mounting needs root").isEqualTo("root");
    Path mount = Files.createDirectory(folder.resolve("tiny"));
    run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", mount.toString());
    try {
      MemorySource source = new MemorySource(100 * CHUNK);
      try (BlockCache cache = BlockCache.open(source, mount, 100L * CHUNK)) {
        byte[] all = new byte[100 * CHUNK];
        assertThatThrownBy(() -> cache.read(0, MemorySegment.ofArray(all)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(mount.toString())
            .hasMessageContaining("--cache-dir");
        byte[] first = new byte[CHUNK];
        cache.read(0, MemorySegment.ofArray(first));
        assertThat(first).isEqualTo(source.bytes(0, CHUNK));
      }
    } finally {
      run("umount", mount.toString());
    }
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }
}
