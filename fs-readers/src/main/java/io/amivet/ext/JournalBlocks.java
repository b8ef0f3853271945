package io.amivet.ext;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The blocks of a journal that lies in a file of the file system itself. */
final class JournalBlocks {
  /** How much is asked for ahead: enough that a remote image is read side by side. */
  private static final long AHEAD_BYTES = 8 << 20;

  private final BlockDevice volume;
  private final int blockSizeBytes;
  private final List<Extent> extents;
  private final StructView inode;

  private long askedFor;
  private long askedForEnd;

  /**
   * @param inode blamed for a block that it does not map
   */
  JournalBlocks(BlockDevice volume, int blockSizeBytes, FileContent.Mapped file, StructView inode) {
    this.volume = volume;
    this.blockSizeBytes = blockSizeBytes;
    this.extents = file.extents();
    this.inode = inode;
  }

  /** Where on the volume a block of the journal lies. */
  long volumeOffset(long block) throws CorruptImageException {
    long position = block * blockSizeBytes;
    int low = 0;
    int high = extents.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (extents.get(middle).fileEnd() <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == extents.size() || extents.get(low).fileOffset() > position) {
      throw inode.corrupt(ExtFault.JOURNAL_INODE, DiskInode.BLOCK_AT, "no block " + block);
    }
    Extent extent = extents.get(low);
    return extent.volumeOffset() + (position - extent.fileOffset());
  }

  StructView read(String name, long block) throws IOException {
    long offset = volumeOffset(block);
    if (block < askedFor || block >= askedForEnd) {
      askAhead(block);
    }
    return volume.struct(name, offset, blockSizeBytes);
  }

  private void askAhead(long block) {
    askedFor = block;
    askedForEnd = block + AHEAD_BYTES / blockSizeBytes;
    long from = askedFor * blockSizeBytes;
    long to = askedForEnd * blockSizeBytes;
    List<ByteRange> wanted = new ArrayList<>();
    for (Extent extent : extents) {
      long start = Math.max(from, extent.fileOffset());
      long end = Math.min(to, extent.fileEnd());
      if (start < end) {
        wanted.add(
            new ByteRange(extent.volumeOffset() + (start - extent.fileOffset()), end - start));
      }
    }
    volume.prefetch(wanted);
  }
}
