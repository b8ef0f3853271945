package io.amivet.source.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Extended attributes of a file (man 7 xattr). The calls that do not follow links take paths only,
 * so that the way leads over the descriptor of the folder in {@code /proc}.
 */
final class HostAttributes {
  /** {@code XATTR_LIST_MAX} and {@code XATTR_SIZE_MAX} of linux/limits.h. */
  private static final int MAX_BYTES = 64 << 10;

  private static final int ENODATA = 61;
  private static final int EOPNOTSUPP = 95;

  private HostAttributes() {}

  static Map<String, byte[]> of(int folder, byte[] name) throws IOException {
    byte[] path = path(folder, name);
    Map<String, byte[]> attributes = new TreeMap<>();
    try {
      byte[] names = HostCalls.attributeNames(path, MAX_BYTES);
      for (String attribute : new String(names, StandardCharsets.UTF_8).split("\0")) {
        if (!attribute.isEmpty()) {
          byte[] key = attribute.getBytes(StandardCharsets.UTF_8);
          attributes.put(attribute, HostCalls.attribute(path, key, MAX_BYTES));
        }
      }
    } catch (HostCallException e) {
      if (e.errno() != ENODATA && e.errno() != EOPNOTSUPP) {
        throw e;
      }
    }
    return attributes;
  }

  private static byte[] path(int folder, byte[] name) {
    byte[] start = ("/proc/self/fd/" + folder + "/").getBytes(StandardCharsets.US_ASCII);
    byte[] path = java.util.Arrays.copyOf(start, start.length + name.length);
    System.arraycopy(name, 0, path, start.length, name.length);
    return path;
  }
}
