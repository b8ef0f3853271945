package io.amivet.xfs;

/** The kinds of items in a log, {@code XFS_LI_*} of {@code xfs_log_format.h}. */
final class LogItemType {
  static final int EXTENT_FREE = 0x1236;
  static final int INODE = 0x123b;
  static final int BUFFER = 0x123c;
  static final int INODE_CREATE = 0x123f;
  static final int MAP_UPDATE = 0x1244;
  static final int MAP_UPDATE_DONE = 0x1245;
  static final int ATTRIBUTE = 0x1246;
  static final int ATTRIBUTE_DONE = 0x1247;
  static final int EXCHANGE = 0x1248;
  static final int EXCHANGE_DONE = 0x1249;

  private static final int LAST = 0x124f;

  /** The kind that the kernel no longer knows, {@code XFS_LI_IUNLINK}, was never written. */
  private static final int UNUSED_FIRST = 0x1238;

  private static final int UNUSED_LAST = 0x123a;

  private LogItemType() {}

  /** Whether the kernel would go on, rather than give up the log. */
  static boolean isKnown(int type) {
    return type >= EXTENT_FREE && type <= LAST && (type < UNUSED_FIRST || type > UNUSED_LAST);
  }
}
