package io.amivet.base;

import java.util.BitSet;

/**
 * What a service says of two snapshots: the blocks in which they differ.
 *
 * @param changed indexes of blocks
 * @param sizeBytes of the smaller of the two
 */
public record ListedChanges(BitSet changed, int blockBytes, long sizeBytes) implements DiskChanges {
  public ListedChanges {
    changed = (BitSet) changed.clone();
  }

  @Override
  public boolean isUnchanged(long offset, long lengthBytes) {
    if (offset < 0 || lengthBytes < 0 || offset > sizeBytes - lengthBytes) {
      return false;
    }
    if (lengthBytes == 0) {
      return true;
    }
    int next = changed.nextSetBit(Math.toIntExact(offset / blockBytes));
    return next < 0 || next > (offset + lengthBytes - 1) / blockBytes;
  }
}
