package io.amivet.sqlite;

import io.amivet.file.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * What was committed to a database and is still in its log: the pages of all whole transactions
 * from the log's beginning on, each frame with the log's salts and the running checksum.
 *
 * @param offsetByPage where in the log the newest form of a page lies
 * @param pages of the database after the last transaction; 0 if there is none
 */
record WriteAheadLog(Map<Long, Long> offsetByPage, long pages) {
  private static final WriteAheadLog NONE = new WriteAheadLog(Map.of(), 0);
  static final int HEADER_BYTES = 32;
  static final int FRAME_BYTES = 24;
  private static final int MAGIC = 0x377f0682;
  private static final int MAX_FRAMES = 1 << 20;

  /** Whether a file that starts so is one; the last bit of its number is the checksums' order. */
  static boolean recognises(byte[] head) {
    return head.length >= HEADER_BYTES && (ByteBuffer.wrap(head).getInt(0) & ~1) == MAGIC;
  }

  static WriteAheadLog read(FileBytes wal, int pageBytes) throws IOException {
    if (wal.sizeBytes() < HEADER_BYTES) {
      return NONE;
    }
    byte[] bytes = new byte[HEADER_BYTES];
    wal.read(0, bytes);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    Checksum checksum = new Checksum((header.getInt(0) & 1) != 0);
    checksum.add(bytes, 0, HEADER_BYTES - 8);
    if (!recognises(bytes)
        || header.getInt(8) != pageBytes
        || !checksum.is(header.getInt(24), header.getInt(28))) {
      // SQLite ignores such a log too.
      return NONE;
    }
    long salts = header.getLong(16);
    Map<Long, Long> committed = new HashMap<>();
    Map<Long, Long> open = new HashMap<>();
    long pages = 0;
    byte[] frame = new byte[FRAME_BYTES + pageBytes];
    long at = HEADER_BYTES;
    for (int i = 0; i < MAX_FRAMES && at + frame.length <= wal.sizeBytes(); i++) {
      wal.read(at, frame);
      ByteBuffer head = ByteBuffer.wrap(frame);
      checksum.add(frame, 0, 8);
      checksum.add(frame, FRAME_BYTES, pageBytes);
      if (head.getLong(8) != salts || !checksum.is(head.getInt(16), head.getInt(20))) {
        break;
      }
      open.put(Integer.toUnsignedLong(head.getInt(0)), at + FRAME_BYTES);
      if (head.getInt(4) != 0) {
        committed.putAll(open);
        open.clear();
        pages = Integer.toUnsignedLong(head.getInt(4));
      }
      at += frame.length;
    }
    return new WriteAheadLog(committed, pages);
  }

  /** The two running sums of the format. */
  private static final class Checksum {
    private final ByteOrder order;
    private int first;
    private int second;

    Checksum(boolean bigEndian) {
      order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    void add(byte[] bytes, int offset, int lengthBytes) {
      ByteBuffer words = ByteBuffer.wrap(bytes).order(order);
      for (int at = offset; at < offset + lengthBytes; at += 8) {
        first += words.getInt(at) + second;
        second += words.getInt(at + 4) + first;
      }
    }

    boolean is(int statedFirst, int statedSecond) {
      return first == statedFirst && second == statedSecond;
    }
  }
}
