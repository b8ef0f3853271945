package io.amivet.ext;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import io.amivet.fs.FilePiece;
import java.io.IOException;
import java.util.List;

/** The blocks of a journal that lies in a file of the file system itself. */
final class JournalBlocks {
  /** How much is asked for ahead: enough that a remote image is read side by side. */
  private static final long AHEAD_BYTES = 8 << 20;

  private final BlockDevice volume;
  private final int blockSizeBytes;
  private final FileContent.Mapped file;
  private final StructView inode;

  private long askedFor;
  private long askedForEnd;

  /**
   * @param inode blamed for a block that it does not map
   */
  JournalBlocks(BlockDevice volume, int blockSizeBytes, FileContent.Mapped file, StructView inode) {
    this.volume = volume;
    this.blockSizeBytes = blockSizeBytes;
    this.file = file;
    this.inode = inode;
  }

  /** Where on the volume a block of the journal lies. */
  long volumeOffset(long block) throws CorruptImageException {
    long position = block * blockSizeBytes;
    List<Extent> extents = file.extents();
    int i = FilePiece.firstEndingAfter(extents, position);
    if (i == extents.size() || extents.get(i).fileOffset() > position) {
      throw inode.corrupt(ExtFault.JOURNAL_INODE, DiskInode.BLOCK_AT, "no block " + block);
    }
    Extent extent = extents.get(i);
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
    volume.prefetch(file.storedRanges(askedFor * blockSizeBytes, askedForEnd * blockSizeBytes));
  }
}
