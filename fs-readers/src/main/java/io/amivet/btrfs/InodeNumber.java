package io.amivet.btrfs;

/**
 * One number for an inode of any subvolume. The kernel numbers inodes per subvolume, and gives each
 * subvolume a device number of its own; here the subvolume's index stands in the upper bits, so
 * that inodes of the top level keep their numbers.
 */
final class InodeNumber {
  private static final int INDEX_SHIFT = 44;
  private static final long STUB = 1L << 43;
  private static final long OBJECT_MASK = STUB - 1;

  /** What the kernel shows of a directory that stands for no subvolume any more. */
  private static final long STUB_OBJECT = 2;

  private InodeNumber() {}

  /** Whether an object id fits a number. */
  static boolean fits(long objectId) {
    return objectId >= 0 && objectId <= OBJECT_MASK;
  }

  static long of(Subvolume subvolume, long objectId) {
    return ((long) subvolume.index() << INDEX_SHIFT) | objectId;
  }

  /** The number of the empty directory that a snapshot has in place of a nested subvolume. */
  static long stub(Subvolume snapshot, long nestedId) {
    return of(snapshot, STUB | nestedId);
  }

  static boolean isStub(long number) {
    return (number & STUB) != 0;
  }

  static int index(long number) {
    return (int) (number >>> INDEX_SHIFT);
  }

  static long objectId(long number) {
    return isStub(number) ? STUB_OBJECT : number & OBJECT_MASK;
  }
}
