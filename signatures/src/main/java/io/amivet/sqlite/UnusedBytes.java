package io.amivet.sqlite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What is on pages that no table has, and between the cells of those that one has. */
final class UnusedBytes extends PiecedStream {
  private static final int LEAF = 0x0d;
  private static final int LEAF_HEADER_BYTES = 8;
  private static final int LEAST_FREE_BLOCK_BYTES = 4;

  private final Pages pages;
  private final BitSet used;
  private long number;

  UnusedBytes(Pages pages, BitSet used) {
    super(new byte[] {'\n'});
    this.pages = pages;
    this.used = used;
  }

  @Override
  byte @Nullable [] nextPiece() throws IOException {
    if (number >= pages.count()) {
      return null;
    }
    number++;
    ByteBuffer page = pages.page(number);
    if (number == 1) {
      // Without the header of the file, which would say that this is a database.
      byte[] schema = new byte[page.capacity() - Pages.HEADER_BYTES];
      page.get(Pages.HEADER_BYTES, schema);
      return schema;
    }
    if (used.get((int) Math.min(number, Integer.MAX_VALUE))) {
      return between(page);
    }
    byte[] whole = new byte[page.capacity()];
    page.get(0, whole);
    return whole;
  }

  /** The gap before the first cell, and the chain of free blocks, on a leaf. */
  private static byte[] between(ByteBuffer page) {
    ByteArrayOutputStream free = new ByteArrayOutputStream();
    if (page.get(0) == LEAF) {
      int cells = Short.toUnsignedInt(page.getShort(3));
      int content = Short.toUnsignedInt(page.getShort(5));
      int end = content == 0 ? page.capacity() : content;
      copy(page, LEAF_HEADER_BYTES + 2 * cells, end, free);
      int block = Short.toUnsignedInt(page.getShort(1));
      // Blocks come in ascending order.
      while (block > 0 && block + LEAST_FREE_BLOCK_BYTES <= page.capacity()) {
        int length = Short.toUnsignedInt(page.getShort(block + 2));
        copy(page, block + LEAST_FREE_BLOCK_BYTES, block + length, free);
        int next = Short.toUnsignedInt(page.getShort(block));
        block = next > block ? next : 0;
      }
    }
    free.write('\n');
    return free.toByteArray();
  }

  private static void copy(ByteBuffer page, int start, int end, ByteArrayOutputStream target) {
    int last = Math.min(end, page.capacity());
    if (start < last) {
      byte[] bytes = new byte[last - start];
      page.get(start, bytes);
      target.writeBytes(bytes);
      target.write('\n');
    }
  }
}
