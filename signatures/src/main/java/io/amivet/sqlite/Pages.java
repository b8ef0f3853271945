package io.amivet.sqlite;

import io.amivet.file.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pages of a database, those of its write-ahead log before those of the file. */
final class Pages {
  static final int HEADER_BYTES = 100;
  private static final int KEPT = 32;

  private final FileBytes file;
  private final int pageBytes;
  private final int usableBytes;
  private final int encoding;
  private final long count;
  private final Map<Long, Long> walOffsets;
  private final FileBytes wal;

  private final Map<Long, ByteBuffer> kept =
      new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ByteBuffer> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @param wal the file {@code -wal} beside it; empty if there is none
   */
  Pages(FileBytes file, FileBytes wal) throws IOException {
    this.file = file;
    this.wal = wal;
    byte[] head = new byte[HEADER_BYTES];
    if (file.sizeBytes() < HEADER_BYTES) {
      throw new SqliteException("a file of " + file.sizeBytes() + " bytes", 0);
    }
    file.read(0, head);
    if (!SqliteDatabase.recognises(head)) {
      throw new SqliteException("not an SQLite 3 database, or an encrypted one", 0);
    }
    ByteBuffer header = ByteBuffer.wrap(head);
    int stated = Short.toUnsignedInt(header.getShort(16));
    pageBytes = stated == 1 ? 1 << 16 : stated;
    int reserved = Byte.toUnsignedInt(header.get(20));
    if (Integer.bitCount(pageBytes) != 1 || pageBytes < 512 || pageBytes - reserved < 480) {
      throw new SqliteException("pages of " + pageBytes + " bytes, " + reserved + " reserved", 0);
    }
    usableBytes = pageBytes - reserved;
    encoding = header.getInt(56);
    WriteAheadLog log = WriteAheadLog.read(wal, pageBytes);
    walOffsets = log.offsetByPage();
    long inFile = file.sizeBytes() / pageBytes;
    // What the log says of the size is bounded by the pages that there are.
    count = Math.min(Math.max(inFile, log.pages()), inFile + walOffsets.size());
  }

  /** 1 for UTF-8, 2 for UTF-16LE, 3 for UTF-16BE. */
  int encoding() {
    return encoding;
  }

  int usableBytes() {
    return usableBytes;
  }

  long count() {
    return count;
  }

  /** A page, numbered from 1. */
  ByteBuffer page(long number) throws IOException {
    if (number < 1 || number > count) {
      throw new SqliteException("page " + number + " of " + count + " is asked for", 0);
    }
    ByteBuffer known = kept.get(number);
    if (known == null) {
      byte[] bytes = new byte[pageBytes];
      Long logged = walOffsets.get(number);
      if (logged == null) {
        file.read((number - 1) * pageBytes, bytes);
      } else {
        wal.read(logged, bytes);
      }
      known = ByteBuffer.wrap(bytes);
      kept.put(number, known);
    }
    return known;
  }
}
