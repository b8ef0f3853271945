package io.amivet.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk beside an earlier one, of which chunks are kept. */
class SharedChunksTest {
  private static final int CHUNKS = 20;

  @TempDir Path folder;

  private final MemorySource earlier = new MemorySource(CHUNKS * MemorySource.CHUNK_BYTES);
  private final MemorySource later = new MemorySource(CHUNKS * MemorySource.CHUNK_BYTES);
  private final byte[] target = new byte[MemorySource.CHUNK_BYTES];

  @Test
  void whatIsUnchangedAndKeptIsNotFetched() throws IOException {
    KeptFolder kept = new KeptFolder(folder, 1 << 30);
    BitSet changed = new BitSet();
    changed.set(2);
    try (KeptChunks before = kept.over(earlier, "before");
        KeptChunks now = kept.over(later, "now")) {
      for (int chunk = 0; chunk < 3; chunk++) {
        before.fetch(chunk, target);
      }
      now.readUnchangedFrom(before, changed);
      for (int chunk = 0; chunk < 4; chunk++) {
        int start = chunk * MemorySource.CHUNK_BYTES;
        byte[] sha256 = now.fetch(chunk, target);
        assertThat(target).isEqualTo(later.bytes(start, MemorySource.CHUNK_BYTES));
        assertThat(sha256).hasSize(32);
      }
      assertThat(later.fetches).containsOnlyKeys(2L, 3L);
      assertThat(now.reuse().chunks()).isEqualTo(2);
    }
    // It is kept of the later disk, too, which will be the base of the next.
    MemorySource again = new MemorySource(CHUNKS * MemorySource.CHUNK_BYTES);
    try (KeptChunks now = kept.over(again, "now")) {
      for (int chunk = 0; chunk < 4; chunk++) {
        now.fetch(chunk, target);
      }
    }
    assertThat(again.fetches).isEmpty();
  }
}
