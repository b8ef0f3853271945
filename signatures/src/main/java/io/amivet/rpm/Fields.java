package io.amivet.rpm;

import io.amivet.file.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads pieces of a database. */
final class Fields {
  /** The largest header seen, that of the kernel's debug information, has 30 MiB. */
  static final int MAX_HEADER_BYTES = 64 << 20;

  /** Headers of one database, all together. */
  static final long MAX_ALL_BYTES = 4L << 30;

  private Fields() {}

  static ByteBuffer at(FileBytes file, long offset, int lengthBytes, ByteOrder order)
      throws IOException {
    byte[] bytes = new byte[lengthBytes];
    file.read(offset, bytes);
    return ByteBuffer.wrap(bytes).order(order);
  }
}
