package io.amivet.source.ebs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks a snapshot holds, and the token to ask for each.
 *
 * <p>A large volume has millions of blocks. Tokens are kept as bytes end to end; a block costs its
 * token, two bytes for the token's length, and eight for a sorted word that holds the block's index
 * above the token's address. The order and the duplicates of the service's answer do not matter.
 */
final class BlockListing {
  static final int MAX_TOKEN_BYTES = 4096;
  private static final int PAGE_SHIFT = 20;
  private static final int PAGE_BYTES = 1 << PAGE_SHIFT;
  private static final int ADDRESS_BITS = 36;
  private static final long ADDRESS_MASK = (1L << ADDRESS_BITS) - 1;

  private final long volumeSizeGib;
  private final @Nullable Integer answeredBlockSize;
  private final @Nullable Instant expiry;
  private final Instant listedAt = Instant.now();
  private final BitSet present;
  private final List<byte[]> pages;
  private final long[] entries;

  private BlockListing(Builder from) {
    this.volumeSizeGib = from.volumeSizeGib;
    this.answeredBlockSize = from.answeredBlockSize;
    this.expiry = from.expiry;
    this.present = from.present;
    this.pages = from.pages;
    this.entries = Arrays.copyOf(from.entries, from.count);
    Arrays.sort(entries);
  }

  long volumeSizeGib() {
    return volumeSizeGib;
  }

  /** What the service called its block size, right or not. */
  @Nullable Integer answeredBlockSize() {
    return answeredBlockSize;
  }

  boolean holds(long index) {
    return index >= 0 && index <= Integer.MAX_VALUE && present.get((int) index);
  }

  int blocks() {
    return present.cardinality();
  }

  /**
   * Whether the tokens have run out. An expiry before the time of listing speaks of a wrong clock,
   * here or there, and is not believed; the service will say so itself.
   */
  boolean isExpired(Instant now) {
    return expiry != null && expiry.isAfter(listedAt) && now.isAfter(expiry);
  }

  /** Null if the block is not listed. */
  @Nullable String token(long index) {
    int at = Arrays.binarySearch(entries, index << ADDRESS_BITS);
    int found = at < 0 ? -at - 1 : at;
    if (found == entries.length || entries[found] >>> ADDRESS_BITS != index) {
      return null;
    }
    long address = entries[found] & ADDRESS_MASK;
    byte[] page = pages.get((int) (address >>> PAGE_SHIFT));
    int offset = (int) (address & (PAGE_BYTES - 1));
    int length = (page[offset] & 0xff) << 8 | (page[offset + 1] & 0xff);
    return new String(page, offset + 2, length, StandardCharsets.ISO_8859_1);
  }

  /** Collects the pages of one listing. */
  static final class Builder {
    private final BitSet present = new BitSet();
    private final List<byte[]> pages = new ArrayList<>();
    private long[] entries = new long[1024];
    private int count;
    private int usedBytes = PAGE_BYTES;
    long volumeSizeGib;
    @Nullable Integer answeredBlockSize;
    @Nullable Instant expiry;

    /** Entries so far, duplicates included. */
    int count() {
      return count;
    }

    /** The earliest expiry of all pages counts. */
    void expiresAt(@Nullable Instant time) {
      if (time != null && (expiry == null || time.isBefore(expiry))) {
        expiry = time;
      }
    }

    void add(int index, String token) {
      byte[] bytes = token.getBytes(StandardCharsets.ISO_8859_1);
      if (usedBytes + 2 + bytes.length > PAGE_BYTES) {
        pages.add(new byte[PAGE_BYTES]);
        usedBytes = 0;
      }
      byte[] page = pages.getLast();
      long address = ((long) (pages.size() - 1) << PAGE_SHIFT) + usedBytes;
      page[usedBytes] = (byte) (bytes.length >>> 8);
      page[usedBytes + 1] = (byte) bytes.length;
      System.arraycopy(bytes, 0, page, usedBytes + 2, bytes.length);
      usedBytes += 2 + bytes.length;
      if (count == entries.length) {
        entries = Arrays.copyOf(entries, count * 2);
      }
      entries[count++] = (long) index << ADDRESS_BITS | address;
      present.set(index);
    }

    BlockListing build() {
      return new BlockListing(this);
    }
  }
}
