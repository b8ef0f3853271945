package io.amivet.rpm;

import io.amivet.file.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code Packages}, the form of Amazon Linux 2 and of RHEL up to 8: a hash database of Berkeley DB,
 * src/dbinc/db_page.h. Its pages hold keys and data in turn; a package's header lies in a chain of
 * overflow pages. In the byte order of the machine that wrote it.
 */
public final class BerkeleyDatabase {
  private static final int HASH_MAGIC = 0x061561;
  private static final int METADATA_BYTES = 72;
  private static final int PAGE_HEADER_BYTES = 26;
  private static final int MIN_PAGE_BYTES = 512;
  private static final int MAX_PAGE_BYTES = 64 << 10;

  private static final int P_HASH_UNSORTED = 2;
  private static final int P_OVERFLOW = 7;
  private static final int P_HASH = 13;

  private static final int H_KEYDATA = 1;
  private static final int H_OFFPAGE = 3;
  private static final int OFFPAGE_BYTES = 12;

  /** The record with key 0 counts the packages; it is no header. */
  private static final int LEAST_HEADER_BYTES = 16;

  private final FileBytes file;
  private final ByteOrder order;
  private final int pageBytes;
  private final long pages;

  private BerkeleyDatabase(FileBytes file) throws IOException {
    this.file = file;
    ByteBuffer little = Fields.at(file, 0, METADATA_BYTES, ByteOrder.LITTLE_ENDIAN);
    if (little.getInt(12) == HASH_MAGIC) {
      order = ByteOrder.LITTLE_ENDIAN;
    } else if (Integer.reverseBytes(little.getInt(12)) == HASH_MAGIC) {
      order = ByteOrder.BIG_ENDIAN;
    } else {
      throw new RpmException("not a hash database of Berkeley DB");
    }
    pageBytes = little.order(order).getInt(20);
    boolean power = Integer.bitCount(pageBytes) == 1;
    if (!power || pageBytes < MIN_PAGE_BYTES || pageBytes > MAX_PAGE_BYTES) {
      throw new RpmException("a Berkeley DB with pages of " + pageBytes + " bytes");
    }
    if (little.get(24) != 0) {
      throw new RpmException("an encrypted Berkeley DB");
    }
    pages = file.sizeBytes() / pageBytes;
  }

  /** Hands on the header of every package. */
  public static void read(FileBytes file, HeaderSink sink) throws IOException {
    new BerkeleyDatabase(file).read(sink);
  }

  private ByteBuffer page(long number) throws IOException {
    return Fields.at(file, number * pageBytes, pageBytes, order);
  }

  private void read(HeaderSink sink) throws IOException {
    long all = 0;
    for (long number = 1; number < pages; number++) {
      ByteBuffer page = page(number);
      int type = page.get(25);
      if (type != P_HASH && type != P_HASH_UNSORTED) {
        continue;
      }
      int entries = Short.toUnsignedInt(page.getShort(20));
      if (PAGE_HEADER_BYTES + 2 * entries > pageBytes) {
        throw new RpmException("page " + number + " with " + entries + " entries");
      }
      // Keys and data in turn.
      for (int i = 1; i < entries; i += 2) {
        byte[] data = data(page, i);
        all += data.length;
        if (all > Fields.MAX_ALL_BYTES) {
          throw new RpmException("a Berkeley DB whose packages overlap");
        }
        if (data.length >= LEAST_HEADER_BYTES) {
          sink.accept(data);
        }
      }
    }
  }

  private byte[] data(ByteBuffer page, int entry) throws IOException {
    int at = offset(page, entry);
    int end = offset(page, entry - 1);
    if (at < PAGE_HEADER_BYTES || at >= pageBytes) {
      throw new RpmException("an entry at " + at + " of a page");
    }
    int kind = page.get(at);
    if (kind == H_OFFPAGE && at + OFFPAGE_BYTES <= pageBytes) {
      return overflow(Integer.toUnsignedLong(page.getInt(at + 4)), page.getInt(at + 8));
    }
    // Entries fill the page from its end, each right before the one that came first.
    if (kind == H_OFFPAGE || end <= at || end > pageBytes) {
      throw new RpmException("an entry from " + at + " to " + end + " of a page");
    }
    byte[] data = new byte[kind == H_KEYDATA ? end - at - 1 : 0];
    page.get(at + 1, data);
    return data;
  }

  private static int offset(ByteBuffer page, int entry) {
    return Short.toUnsignedInt(page.getShort(PAGE_HEADER_BYTES + 2 * entry));
  }

  private byte[] overflow(long first, int lengthBytes) throws IOException {
    if (lengthBytes < 0 || lengthBytes > Fields.MAX_HEADER_BYTES) {
      throw new RpmException("a record of " + lengthBytes + " bytes");
    }
    byte[] data = new byte[lengthBytes];
    int done = 0;
    for (long number = first; done < lengthBytes; ) {
      if (number < 1 || number >= pages) {
        throw new RpmException("a record on page " + number + " of " + pages);
      }
      ByteBuffer page = page(number);
      int used = Short.toUnsignedInt(page.getShort(22));
      if (page.get(25) != P_OVERFLOW || used == 0 || PAGE_HEADER_BYTES + used > pageBytes) {
        throw new RpmException("page " + number + " is not the next part of a record");
      }
      // All but the last are full: a chain is no longer than its record.
      if (used < pageBytes - PAGE_HEADER_BYTES && done + used < lengthBytes) {
        throw new RpmException("page " + number + " ends a record too soon");
      }
      int length = Math.min(used, lengthBytes - done);
      page.get(PAGE_HEADER_BYTES, data, done, length);
      done += length;
      number = Integer.toUnsignedLong(page.getInt(16));
    }
    return data;
  }
}
