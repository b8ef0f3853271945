package io.amivet.testdata.aws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;

/** The blocks of one image file; a block of zeros is one that was never written. */
final class SnapshotBlocks implements AutoCloseable {
  private static final byte[] ZEROS = new byte[EbsResponder.BLOCK_BYTES];

  private final FileChannel channel;
  private final BitSet present = new BitSet();

  SnapshotBlocks(ServedSnapshot snapshot) throws IOException {
    channel = FileChannel.open(snapshot.image(), StandardOpenOption.READ);
    int blocks = Math.toIntExact(Math.ceilDiv(channel.size(), (long) EbsResponder.BLOCK_BYTES));
    for (int index = 0; index < blocks; index++) {
      if (!Arrays.equals(read(index), ZEROS)) {
        present.set(index);
      }
    }
  }

  BitSet present() {
    return present;
  }

  byte[] read(int index) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(EbsResponder.BLOCK_BYTES);
    long start = (long) index * EbsResponder.BLOCK_BYTES;
    while (block.hasRemaining()) {
      if (channel.read(block, start + block.position()) < 0) {
        break;
      }
    }
    return block.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
