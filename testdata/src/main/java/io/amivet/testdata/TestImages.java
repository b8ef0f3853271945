package io.amivet.testdata;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;

/**
 * The compressed images under {@code images/}, each made by the script that lies beside it in the
 * repository's {@code testdata/make} folder.
 */
public final class TestImages {
  private static final int PIECE_BYTES = 64 << 10;

  private TestImages() {}

  /**
   * Unpacks {@code images/<name>.img.gz} as a sparse file.
   *
   * @param folder where the image goes, as {@code <name>.img}
   */
  public static Path unpack(String name, Path folder) {
    Path image = folder.resolve(name + ".img");
    try (InputStream packed = resource("images/" + name + ".img.gz");
        InputStream in = new GZIPInputStream(packed, PIECE_BYTES);
        SeekableByteChannel out =
            Files.newByteChannel(
                image,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.SPARSE)) {
      long position = 0;
      for (byte[] piece = in.readNBytes(PIECE_BYTES);
          piece.length > 0;
          piece = in.readNBytes(PIECE_BYTES)) {
        position += piece.length;
        if (!isZero(piece)) {
          out.position(position - piece.length);
          out.write(ByteBuffer.wrap(piece));
        }
      }
      if (position > out.size()) {
        out.position(position - 1);
        out.write(ByteBuffer.wrap(new byte[1]));
      }
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A resource of this module, such as {@code images/<name>.listing.jsonl.gz}. */
  public static InputStream resource(String name) throws IOException {
    InputStream in = TestImages.class.getResourceAsStream("/" + name);
    if (in == null) {
      throw new FileNotFoundException("no test resource " + name);
    }
    return in;
  }

  private static boolean isZero(byte[] piece) {
    for (byte b : piece) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
