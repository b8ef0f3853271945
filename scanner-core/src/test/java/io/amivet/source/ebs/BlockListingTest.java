package io.amivet.source.ebs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BlockListingTest {

  @Test
  void findsEachTokenWhateverTheOrderAndHoweverMany() {
    BlockListing.Builder builder = new BlockListing.Builder();
    int blocks = 100_003;
    for (int i = 0; i < blocks; i++) {
      // Steps of a number without a common factor reach every index, in no order.
      int index = (int) ((long) i * 7919 % blocks);
      builder.add(index * 3, "token-" + index + "x".repeat(index % 50));
    }
    BlockListing listing = builder.build();
    assertThat(listing.blocks()).isEqualTo(blocks);
    for (int index = 0; index < blocks; index++) {
      assertThat(listing.token(index * 3L)).isEqualTo("token-" + index + "x".repeat(index % 50));
    }
    assertThat(listing.token(1)).isNull();
    assertThat(listing.holds(1)).isFalse();
    assertThat(listing.holds(1L << 40)).isFalse();
  }

  @Test
  void keepsTheLastBlockOfTheLargestVolume() {
    BlockListing.Builder builder = new BlockListing.Builder();
    builder.add((64 << 10) * 2048 - 1, "a".repeat(BlockListing.MAX_TOKEN_BYTES));
    BlockListing listing = builder.build();
    assertThat(listing.token(134_217_727)).hasSize(BlockListing.MAX_TOKEN_BYTES);
  }

  @Test
  void believesAnExpiryOnlyIfItLayInTheFuture() {
    BlockListing.Builder future = new BlockListing.Builder();
    future.expiresAt(Instant.now().plus(Duration.ofHours(1)));
    BlockListing listing = future.build();
    assertThat(listing.isExpired(Instant.now())).isFalse();
    assertThat(listing.isExpired(Instant.now().plus(Duration.ofHours(2)))).isTrue();
    BlockListing.Builder past = new BlockListing.Builder();
    past.expiresAt(Instant.now().minus(Duration.ofHours(1)));
    assertThat(past.build().isExpired(Instant.now())).isFalse();
  }
}
