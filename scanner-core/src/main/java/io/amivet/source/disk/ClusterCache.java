package io.amivet.source.disk;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The compressed clusters used last, decompressed. Thread-safe. Two threads that want the same one
 * at the same time may both decompress it, so that neither holds up the others.
 */
final class ClusterCache {
  static final int MAX_BYTES = 32 << 20;

  private final Map<PackedCluster, byte[]> byCluster = new LinkedHashMap<>(16, 0.75f, true);
  private int bytes;

  /** The contents of a cluster; not to be modified. */
  byte[] get(PackedCluster cluster) throws IOException {
    synchronized (this) {
      byte[] known = byCluster.get(cluster);
      if (known != null) {
        return known;
      }
    }
    byte[] contents = cluster.unpack();
    keep(cluster, contents);
    return contents;
  }

  private synchronized void keep(PackedCluster cluster, byte[] contents) {
    if (byCluster.put(cluster, contents) == null) {
      bytes += contents.length;
    }
    var oldest = byCluster.entrySet().iterator();
    while (bytes > MAX_BYTES) {
      bytes -= oldest.next().getValue().length;
      oldest.remove();
    }
  }
}
