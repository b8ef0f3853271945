package io.amivet.sqlite;

import io.amivet.file.FileBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A write-ahead log by itself: every page that was written, committed or not, newest or not,
 * without the database that it belongs to.
 */
public final class SqliteLog {
  private static final int ENCODING_AT = 56;

  private final FileBytes file;
  private final int pageBytes;

  private SqliteLog(FileBytes file, int pageBytes) {
    this.file = file;
    this.pageBytes = pageBytes;
  }

  /** Whether a file that starts so is one. */
  public static boolean recognises(byte[] head) {
    return WriteAheadLog.recognises(head);
  }

  /**
   * Opens a log.
   *
   * @throws SqliteException if it states no size of pages that there is
   */
  public static SqliteLog open(FileBytes file) throws IOException {
    byte[] head = new byte[WriteAheadLog.HEADER_BYTES];
    file.read(0, head);
    int pageBytes = ByteBuffer.wrap(head).getInt(8);
    if (!recognises(head)
        || Integer.bitCount(pageBytes) != 1
        || pageBytes < 512
        || pageBytes > 1 << 16) {
      throw new SqliteException("a log of pages of " + pageBytes + " bytes", 0);
    }
    return new SqliteLog(file, pageBytes);
  }

  /**
   * The rows on the pages of tables, a line each; those that spill over their page are left out.
   */
  public InputStream rows() {
    return new Frames() {
      private Charset charset = StandardCharsets.UTF_8;

      @Override
      byte[] piece(long number, ByteBuffer page) {
        int start = number == 1 ? Pages.HEADER_BYTES : 0;
        if (number == 1) {
          charset = TableReader.charset(page.getInt(ENCODING_AT));
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        TableReader.rowsOn(page, start, charset)
            .forEach(row -> lines.writeBytes(TableText.line(row)));
        return lines.toByteArray();
      }
    };
  }

  /** The pages as they are. */
  public InputStream pages() {
    return new Frames() {
      @Override
      byte[] piece(long number, ByteBuffer page) {
        byte[] whole = new byte[page.capacity()];
        page.get(0, whole);
        return whole;
      }
    };
  }

  /** One frame after the other, behind an empty line, so that none passes for the whole. */
  private abstract class Frames extends PiecedStream {
    private long at = WriteAheadLog.HEADER_BYTES;

    Frames() {
      super(new byte[] {'\n'});
    }

    /** What is to be shown of a page. */
    abstract byte[] piece(long number, ByteBuffer page);

    @Override
    final byte @Nullable [] nextPiece() throws IOException {
      byte[] frame = new byte[WriteAheadLog.FRAME_BYTES + pageBytes];
      if (at + frame.length > file.sizeBytes()) {
        return null;
      }
      file.read(at, frame);
      at += frame.length;
      ByteBuffer bytes = ByteBuffer.wrap(frame);
      return piece(
          Integer.toUnsignedLong(bytes.getInt(0)),
          bytes.slice(WriteAheadLog.FRAME_BYTES, pageBytes));
    }
  }
}
