package io.amivet.xfs;

import io.amivet.block.StructView;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Writes buffer items, {@code xlog_recover_buf_commit_pass2} of {@code xfs_buf_item_recover.c}. */
final class BufferReplay {
  private final Metadata metadata;
  private final ReplayedBlocks blocks;
  private final CancelledBuffers cancelled;

  /** The transaction that last wrote each buffer: it stands in the block only once on disk. */
  private final Map<Long, Long> written = new HashMap<>();

  BufferReplay(Metadata metadata, ReplayedBlocks blocks, CancelledBuffers cancelled) {
    this.metadata = metadata;
    this.blocks = blocks;
    this.cancelled = cancelled;
  }

  void replay(BufferItem buffer, long lsn) throws IOException {
    if (buffer.isCancel()) {
      cancelled.passed(buffer);
      written.remove(buffer.offset());
      return;
    }
    // Names, contents and owners are not in the lists of unlinked inodes, nor in quotas.
    if (cancelled.contains(buffer.offset(), buffer.lengthBytes())
        || buffer.isInodes()
        || buffer.isQuota()) {
      return;
    }
    StructView format = buffer.item().region(0);
    if (!metadata.holds(buffer.offset(), buffer.lengthBytes())) {
      throw format.corrupt(XfsFault.LOG_ITEM, 8, "buffer outside of the volume");
    }
    if (isNewer(buffer, lsn)) {
      return;
    }
    buffer.writeTo((offset, bytes) -> {
      if (!blocks.write(offset, bytes)) {
        throw format.corrupt(XfsFault.LOG_LIMIT, 0, "more changed blocks than are kept");
      }
    });
    written.put(buffer.offset(), lsn);
  }

  /** Whether the block on disk already has the change, or later ones. */
  private boolean isNewer(BufferItem buffer, long lsn) throws IOException {
    if (!metadata.superblock.selfDescribing()) {
      return false;
    }
    Long last = written.get(buffer.offset());
    if (last != null) {
      return Long.compareUnsigned(last, lsn) > 0;
    }
    byte[] start = blocks.read(buffer.offset(), LogRing.BLOCK_BYTES);
    long onDisk = BlockLsn.of(start, metadata.superblock.metaUuid());
    return onDisk != BlockLsn.NONE && Long.compareUnsigned(onDisk, lsn) >= 0;
  }
}
