package io.amivet.source;

import io.amivet.block.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** Appends pieces to a file, leaving holes where they are zeros, and knows where data lies. */
final class SparseWriter {
  private final FileChannel channel;
  private final List<ByteRange> dataRanges = new ArrayList<>();
  private long position;

  SparseWriter(FileChannel channel) {
    this.channel = channel;
  }

  void append(byte[] piece, int lengthBytes) throws IOException {
    if (!isZero(piece, lengthBytes)) {
      ByteBuffer buffer = ByteBuffer.wrap(piece, 0, lengthBytes);
      long at = position;
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
      addRange(new ByteRange(position, lengthBytes));
    }
    position += lengthBytes;
  }

  private static boolean isZero(byte[] piece, int lengthBytes) {
    for (int i = 0; i < lengthBytes; i++) {
      if (piece[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void addRange(ByteRange range) {
    if (!dataRanges.isEmpty() && dataRanges.getLast().end() == range.offset()) {
      ByteRange last = dataRanges.removeLast();
      range = new ByteRange(last.offset(), last.length() + range.length());
    }
    dataRanges.add(range);
  }

  /** Gives the file its length, should it end in a hole. */
  void finish() throws IOException {
    if (channel.size() < position) {
      channel.write(ByteBuffer.allocate(1), position - 1);
    }
  }

  long position() {
    return position;
  }

  List<ByteRange> dataRanges() {
    return List.copyOf(dataRanges);
  }
}
