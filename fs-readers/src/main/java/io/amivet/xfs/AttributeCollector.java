package io.amivet.xfs;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes the attributes of one inode under the names user space knows: the namespace is a flag of
 * the entry ({@code XFS_ATTR_ROOT}, {@code XFS_ATTR_SECURE} of {@code xfs_da_format.h}), not part
 * of its name.
 */
final class AttributeCollector {
  private static final int LOCAL = 1 << 0;
  private static final int ROOT = 1 << 1;
  private static final int SECURE = 1 << 2;
  private static final int PARENT = 1 << 3;
  private static final int INCOMPLETE = 1 << 7;

  /** Far more than real inodes have; bounds memory where many names share one remote value. */
  private static final long MAX_BYTES = 16 << 20;

  private final Map<String, byte[]> attributes = new LinkedHashMap<>();
  private long bytes;

  Map<String, byte[]> attributes() {
    return attributes;
  }

  /** Whether no more are taken. */
  boolean isFull() {
    return bytes >= MAX_BYTES;
  }

  static boolean isLocal(int flags) {
    return (flags & LOCAL) != 0;
  }

  /** False for parent pointers, which are no attributes, and for half-written values. */
  static boolean isShown(int flags) {
    return (flags & (PARENT | INCOMPLETE)) == 0;
  }

  void add(int flags, byte[] name, byte[] value) {
    String prefix = "user.";
    if ((flags & ROOT) != 0) {
      prefix = "trusted.";
    } else if ((flags & SECURE) != 0) {
      prefix = "security.";
    }
    bytes += name.length + value.length;
    attributes.put(prefix + new String(name, StandardCharsets.UTF_8), value);
  }
}
