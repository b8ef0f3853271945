package io.amivet.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Walks the b-tree of one table, and takes its records apart. */
final class TableReader {
  private static final int INTERIOR = 0x05;
  private static final int LEAF = 0x0d;
  private static final int LEAF_HEADER_BYTES = 8;
  private static final int INTERIOR_HEADER_BYTES = 12;
  private static final int MAX_DEPTH = 40;
  private static final int MAX_RECORD_BYTES = 64 << 20;
  private static final int MAX_COLUMNS = 32_768;

  private final Pages pages;
  private final Charset charset;
  private final BitSet seen;

  /**
   * Begins at the root of a table.
   *
   * @param seen pages of this and of other tables; each belongs to one place of one
   */
  TableReader(Pages pages, long rootPage, BitSet seen) throws IOException {
    this.pages = pages;
    this.seen = seen;
    this.charset = charset(pages.encoding());
    descend(rootPage);
  }

  /** That of the texts of a database, by the number in its header. */
  static Charset charset(int encoding) {
    return switch (encoding) {
      case 2 -> StandardCharsets.UTF_16LE;
      case 3 -> StandardCharsets.UTF_16BE;
      default -> StandardCharsets.UTF_8;
    };
  }

  /**
   * The rows that lie wholly on a page, whatever the rest of the tree is; none if it is no leaf of
   * a table. Of a page whose cells overlap, as many as there would be room for.
   *
   * @param start where the page begins in its buffer: 100 on the first page, else 0
   */
  static List<List<Value>> rowsOn(ByteBuffer page, int start, Charset charset) {
    List<List<Value>> rows = new ArrayList<>();
    if (page.get(start) != LEAF) {
      return rows;
    }
    int cells = Short.toUnsignedInt(page.getShort(start + 3));
    int most = (page.capacity() - start - LEAF_HEADER_BYTES) / 2;
    // Cells do not overlap; or many could name the one place, and a page be made to fill the
    // memory.
    long room = page.capacity();
    for (int i = 0; i < Math.min(cells, most); i++) {
      int at = Short.toUnsignedInt(page.getShort(start + LEAF_HEADER_BYTES + 2 * i));
      try {
        Cursor cursor = new Cursor(page, at, 0);
        long lengthBytes = cursor.next();
        cursor.next();
        if (lengthBytes >= 0 && lengthBytes <= page.capacity() - cursor.at) {
          room -= cursor.at - at + lengthBytes;
          if (room < 0) {
            break;
          }
          rows.add(values(page.slice(cursor.at, (int) lengthBytes), 0, charset));
        }
      } catch (SqliteException noRow) {
        // Another cell may be one.
      }
    }
    return rows;
  }

  /** A page on the way down, and the next of its cells. */
  private static final class Level {
    final long number;
    final ByteBuffer page;
    final int header;
    final boolean interior;
    final int cells;
    int next;
    int cellBytes;

    Level(long number, ByteBuffer page) throws SqliteException {
      this.number = number;
      this.page = page;
      this.header = number == 1 ? Pages.HEADER_BYTES : 0;
      int type = page.get(header);
      this.interior = type == INTERIOR;
      this.cells = Short.toUnsignedInt(page.getShort(header + 3));
      if (type != INTERIOR && type != LEAF) {
        throw new SqliteException("no page of a table, but of type " + type, number);
      }
      if (pointers() + 2 * cells > page.capacity()) {
        throw new SqliteException(cells + " cells", number);
      }
    }

    private int pointers() {
      return header + (interior ? INTERIOR_HEADER_BYTES : LEAF_HEADER_BYTES);
    }

    /** Where the next cell begins. */
    int cell() {
      return Short.toUnsignedInt(page.getShort(pointers() + 2 * next++));
    }

    /** The page below the next cell, or right of the last one. */
    long child() throws SqliteException {
      int at;
      if (next < cells) {
        at = cell();
      } else {
        next++;
        at = header + 8;
      }
      if (at + Integer.BYTES > page.capacity()) {
        throw new SqliteException("a cell at " + at, number);
      }
      return Integer.toUnsignedLong(page.getInt(at));
    }
  }

  private final Deque<Level> path = new ArrayDeque<>();
  private long rowId;
  private List<Value> values = List.of();

  /** Goes to the next row; false after the last. */
  boolean next() throws IOException {
    while (!path.isEmpty()) {
      Level level = path.peek();
      if (level.interior && level.next <= level.cells) {
        descend(level.child());
      } else if (!level.interior && level.next < level.cells) {
        cell(level, level.cell());
        return true;
      } else {
        path.pop();
      }
    }
    return false;
  }

  private void descend(long number) throws IOException {
    if (path.size() > MAX_DEPTH) {
      throw new SqliteException("a tree deeper than any", number);
    }
    path.push(new Level(number, visit(number)));
  }

  /** Of the row that {@link #next} went to. */
  long rowId() {
    return rowId;
  }

  List<Value> values() {
    return values;
  }

  /** Each page belongs to one place of one tree, so a second visit is a loop. */
  private ByteBuffer visit(long number) throws IOException {
    ByteBuffer page = pages.page(number);
    int index = Math.toIntExact(Math.min(number, Integer.MAX_VALUE));
    if (seen.get(index)) {
      throw new SqliteException("met twice", number);
    }
    seen.set(index);
    return page;
  }

  /** Reads numbers of one to nine bytes, seven bits in each but the last. */
  private static final class Cursor {
    private final ByteBuffer bytes;
    private final long page;
    private int at;

    Cursor(ByteBuffer bytes, int at, long page) {
      this.bytes = bytes;
      this.at = at;
      this.page = page;
    }

    long next() throws SqliteException {
      long value = 0;
      for (int i = 0; i < 9; i++) {
        if (at >= bytes.limit()) {
          throw new SqliteException("a number that does not end", page);
        }
        byte b = bytes.get(at++);
        if (i == 8) {
          return value << 8 | (b & 0xff);
        }
        value = value << 7 | (b & 0x7f);
        if (b >= 0) {
          return value;
        }
      }
      return value;
    }
  }

  private void cell(Level level, int at) throws IOException {
    ByteBuffer page = level.page;
    long number = level.number;
    Cursor cursor = new Cursor(page, at, number);
    long lengthBytes = cursor.next();
    rowId = cursor.next();
    if (lengthBytes < 0 || lengthBytes > MAX_RECORD_BYTES) {
      throw new SqliteException("a record of " + lengthBytes + " bytes", number);
    }
    int local = localBytes((int) lengthBytes);
    boolean spills = local < lengthBytes;
    if (cursor.at + local + (spills ? Integer.BYTES : 0) > page.capacity()) {
      throw new SqliteException("a record that reaches past its page", number);
    }
    // Or one page could be made to hold the same record thousands of times.
    level.cellBytes += cursor.at - at + local;
    if (level.cellBytes > page.capacity()) {
      throw new SqliteException("cells that overlap", number);
    }
    byte[] record = new byte[(int) lengthBytes];
    page.get(cursor.at, record, 0, local);
    if (spills) {
      overflow(Integer.toUnsignedLong(page.getInt(cursor.at + local)), record, local);
    }
    values = values(ByteBuffer.wrap(record), number);
  }

  /** How much of a record lies in its leaf: section 1.6 of the format. */
  private int localBytes(int recordBytes) {
    int usable = pages.usableBytes();
    int most = usable - 35;
    if (recordBytes <= most) {
      return recordBytes;
    }
    int least = (usable - 12) * 32 / 255 - 23;
    int fitting = least + (recordBytes - least) % (usable - 4);
    return fitting <= most ? fitting : least;
  }

  private void overflow(long first, byte[] record, int start) throws IOException {
    int done = start;
    for (long number = first; done < record.length; ) {
      ByteBuffer page = visit(number);
      int length = Math.min(pages.usableBytes() - Integer.BYTES, record.length - done);
      page.get(Integer.BYTES, record, done, length);
      done += length;
      number = Integer.toUnsignedLong(page.getInt(0));
    }
  }

  private List<Value> values(ByteBuffer record, long page) throws SqliteException {
    return values(record, page, charset);
  }

  private static List<Value> values(ByteBuffer record, long page, Charset charset)
      throws SqliteException {
    Cursor header = new Cursor(record, 0, page);
    long headerBytes = header.next();
    if (headerBytes > record.capacity()) {
      throw new SqliteException("a header of " + headerBytes + " bytes", page);
    }
    List<Value> values = new ArrayList<>();
    long body = headerBytes;
    while (header.at < headerBytes) {
      long type = header.next();
      long length = length(type);
      if (type < 0 || body + length > record.capacity() || values.size() == MAX_COLUMNS) {
        throw new SqliteException("a value that reaches past its record", page);
      }
      values.add(value(record, (int) body, type, (int) length, charset));
      body += length;
    }
    return values;
  }

  private static long length(long type) {
    if (type >= 12) {
      return (type - 12) / 2;
    }
    return switch ((int) type) {
      case 1, 2, 3, 4 -> type;
      case 5 -> 6;
      case 6, 7 -> 8;
      default -> 0;
    };
  }

  private static Value value(ByteBuffer record, int at, long type, int length, Charset charset) {
    if (type >= 12) {
      byte[] bytes = new byte[length];
      record.get(at, bytes);
      return type % 2 == 0 ? new Value.Blob(bytes) : new Value.Text(new String(bytes, charset));
    }
    return switch ((int) type) {
      case 1, 2, 3, 4, 5, 6 -> new Value.Int(integer(record, at, length));
      case 7 -> new Value.Real(record.getDouble(at));
      case 8 -> new Value.Int(0);
      case 9 -> new Value.Int(1);
      default -> Value.NULL;
    };
  }

  /** Big-endian, of two's complement. */
  private static long integer(ByteBuffer record, int at, int length) {
    long value = record.get(at);
    for (int i = 1; i < length; i++) {
      value = value << 8 | (record.get(at + i) & 0xff);
    }
    return value;
  }
}
