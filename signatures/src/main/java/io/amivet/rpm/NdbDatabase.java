package io.amivet.rpm;

import io.amivet.file.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code Packages.db}, the form of SUSE: lib/backend/ndb/rpmpkg.c of rpm. Pages of slots, each of
 * which says where a blob lies; all little-endian.
 */
public final class NdbDatabase {
  private static final int HEADER_MAGIC = magic("RpmP");
  private static final int SLOT_MAGIC = magic("Slot");
  private static final int BLOB_MAGIC = magic("BlbS");
  private static final int VERSION = 0;
  private static final int PAGE_BYTES = 4096;
  private static final int SLOT_BYTES = 16;
  private static final int SLOTS_PER_PAGE = PAGE_BYTES / SLOT_BYTES;
  private static final int HEADER_SLOTS = 2;
  private static final int BLOCK_BYTES = 16;
  private static final int BLOB_HEADER_BYTES = 16;
  private static final int MAX_SLOT_PAGES = 1 << 14;

  private NdbDatabase() {}

  private static int magic(String text) {
    return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
  }

  /** Hands on the header of every package. */
  public static void read(FileBytes file, HeaderSink sink) throws IOException {
    ByteBuffer header = Fields.at(file, 0, HEADER_SLOTS * SLOT_BYTES, ByteOrder.LITTLE_ENDIAN);
    if (header.getInt(0) != HEADER_MAGIC || header.getInt(4) != VERSION) {
      throw new RpmException("not the header of an ndb database, version 0");
    }
    int pages = header.getInt(12);
    if (pages < 1 || pages > MAX_SLOT_PAGES) {
      throw new RpmException("an ndb database with " + pages + " pages of slots");
    }
    long all = 0;
    for (int page = 0; page < pages; page++) {
      ByteBuffer slots =
          Fields.at(file, (long) page * PAGE_BYTES, PAGE_BYTES, ByteOrder.LITTLE_ENDIAN);
      for (int slot = page == 0 ? HEADER_SLOTS : 0; slot < SLOTS_PER_PAGE; slot++) {
        int at = slot * SLOT_BYTES;
        if (slots.getInt(at) != SLOT_MAGIC) {
          throw new RpmException("slot " + slot + " of page " + page + " is none");
        }
        int packageIndex = slots.getInt(at + 4);
        if (packageIndex != 0) {
          byte[] blob = blob(file, packageIndex, Integer.toUnsignedLong(slots.getInt(at + 8)));
          all += blob.length;
          if (all > Fields.MAX_ALL_BYTES) {
            throw new RpmException("an ndb database whose packages overlap");
          }
          sink.accept(blob);
        }
      }
    }
  }

  private static byte[] blob(FileBytes file, int packageIndex, long block) throws IOException {
    long offset = block * BLOCK_BYTES;
    ByteBuffer head = Fields.at(file, offset, BLOB_HEADER_BYTES, ByteOrder.LITTLE_ENDIAN);
    int lengthBytes = head.getInt(12);
    if (head.getInt(0) != BLOB_MAGIC
        || head.getInt(4) != packageIndex
        || lengthBytes < 0
        || lengthBytes > Fields.MAX_HEADER_BYTES) {
      throw new RpmException("the blob of package " + packageIndex + " is none");
    }
    byte[] blob = new byte[lengthBytes];
    file.read(offset + BLOB_HEADER_BYTES, blob);
    return blob;
  }
}
