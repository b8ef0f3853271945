package io.amivet.compress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockStoreTest {
  @Test
  void keepsTheBlocksUsedLastUpToItsSize() {
    BlockStore store = new BlockStore(250);
    store.put(1, new byte[100]);
    store.put(2, new byte[100]);
    assertThat(store.get(1)).isNotNull();
    store.put(3, new byte[100]);
    assertThat(store.get(2)).isNull();
    assertThat(store.get(1)).hasSize(100);
    assertThat(store.get(3)).hasSize(100);
  }

  @Test
  void keepsNothingLargerThanItself() {
    BlockStore store = new BlockStore(250);
    store.put(1, new byte[300]);
    assertThat(store.get(1)).isNull();
  }

  @Test
  void remembersFromWhichLengthOnABlockIsDamaged() {
    BlockStore store = new BlockStore(250);
    store.putDamaged(7, 100);
    assertThat(store.isDamaged(7, 100)).isTrue();
    assertThat(store.isDamaged(7, 99)).isFalse();
    assertThat(store.isDamaged(8, 100)).isFalse();
  }
}
