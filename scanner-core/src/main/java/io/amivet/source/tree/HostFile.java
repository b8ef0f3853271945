package io.amivet.source.tree;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.fs.EncodedExtent;
import io.amivet.fs.FileContent;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A regular file of this machine. It is opened for each read and never kept open. */
final class HostFile {
  private static final int COPY_BYTES = 256 << 10;

  /** More pieces than these are not worth telling apart. */
  private static final int MAX_PIECES = 1 << 16;

  private static final ByteRange NOWHERE = new ByteRange(0, 0);

  private final HostRoot root;
  private final HostNodes.Node node;

  HostFile(HostRoot root, HostNodes.Node node) {
    this.root = root;
    this.node = node;
  }

  FileContent content() throws IOException {
    long sizeBytes = node.inode().sizeBytes();
    List<EncodedExtent> extents = new ArrayList<>();
    if (node.sparse()) {
      for (ByteRange range : root.with(node, 0, this::dataRanges)) {
        extents.add(new EncodedExtent(range.offset(), range.length(), NOWHERE));
      }
    } else if (sizeBytes > 0) {
      extents.add(new EncodedExtent(0, sizeBytes, NOWHERE));
    }
    return new FileContent.Encoded(sizeBytes, extents, this::read);
  }

  /** A file system that cannot tell says that all is data (man 2 lseek). */
  private List<ByteRange> dataRanges(int descriptor) throws IOException {
    long sizeBytes = node.inode().sizeBytes();
    List<ByteRange> ranges = new ArrayList<>();
    for (long at = 0; at < sizeBytes; ) {
      long start;
      try {
        start = HostCalls.seek(descriptor, at, HostCalls.SEEK_DATA);
      } catch (HostCallException nothingMore) {
        break;
      }
      long end =
          ranges.size() == MAX_PIECES
              ? sizeBytes
              : Math.min(sizeBytes, HostCalls.seek(descriptor, start, HostCalls.SEEK_HOLE));
      if (start < at || end <= start) {
        break;
      }
      ranges.add(new ByteRange(start, end - start));
      at = end;
    }
    return ranges;
  }

  private void read(long position, MemorySegment target) throws IOException {
    Object _ =
        root.with(
            node,
            0,
            descriptor -> {
              copy(descriptor, position, target);
              return this;
            });
  }

  /** Through memory of our own: the kernel cannot write where the collector moves things. */
  private void copy(int descriptor, long position, MemorySegment target) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      long lengthBytes = target.byteSize();
      MemorySegment buffer = arena.allocate(Math.min(COPY_BYTES, lengthBytes));
      for (long done = 0; done < lengthBytes; ) {
        MemorySegment piece = buffer.asSlice(0, Math.min(COPY_BYTES, lengthBytes - done));
        long count = HostCalls.read(descriptor, piece, position + done);
        if (count == 0) {
          throw new CorruptImageException(
              TreeFault.CHANGED, -1, "file", "it ends at " + (position + done));
        }
        MemorySegment.copy(piece, 0, target, done, count);
        done += count;
      }
    }
  }
}
