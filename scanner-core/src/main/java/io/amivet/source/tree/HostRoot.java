package io.amivet.source.tree;

import io.amivet.block.CorruptImageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The top of a tree, held open: all other files are opened from here, name by name. */
final class HostRoot implements Closeable {
  private static final int STEP =
      HostCalls.O_PATH | HostCalls.O_DIRECTORY | HostCalls.O_NOFOLLOW | HostCalls.O_CLOEXEC;
  private static final int ALWAYS =
      HostCalls.O_NOFOLLOW | HostCalls.O_CLOEXEC | HostCalls.O_NONBLOCK;

  private final int descriptor;
  private final HostStat stat;
  private boolean closed;

  private HostRoot(int descriptor, HostStat stat) {
    this.descriptor = descriptor;
    this.stat = stat;
  }

  /** Opens the directory that a user named; a link to one is followed, here alone. */
  static HostRoot open(byte[] path) throws IOException {
    int flags = HostCalls.O_PATH | HostCalls.O_DIRECTORY | HostCalls.O_CLOEXEC;
    int descriptor = HostCalls.open(HostCalls.AT_FDCWD, path, flags);
    try {
      HostStat stat = HostCalls.stat(descriptor, new byte[0], HostCalls.AT_EMPTY_PATH);
      return new HostRoot(descriptor, stat);
    } catch (IOException e) {
      HostCalls.close(descriptor);
      throw e;
    }
  }

  HostStat stat() {
    return stat;
  }

  /** What to do with an open file. */
  interface Use<T> {
    T with(int descriptor) throws IOException;
  }

  /**
   * Opens a file of the tree, makes sure it is the one that was met before, and closes it after
   * use.
   *
   * @throws CorruptImageException if it is not or cannot be opened
   */
  <T> T with(HostNodes.Node node, int flags, Use<T> use) throws IOException {
    return inParent(
        node,
        parent -> {
          int file = openQuietly(parent, node.name(), flags | ALWAYS);
          try {
            HostStat now = HostCalls.stat(file, new byte[0], HostCalls.AT_EMPTY_PATH);
            if (!node.isStill(now) || now.type() != node.inode().type()) {
              throw new CorruptImageException(
                  TreeFault.CHANGED, -1, title(node), "it is another file now");
            }
            return use.with(file);
          } finally {
            HostCalls.close(file);
          }
        });
  }

  /** Without a new access time, where the kernel lets us. */
  private static int openQuietly(int parent, byte[] name, int flags) throws IOException {
    if ((flags & HostCalls.O_PATH) != 0) {
      return HostCalls.open(parent, name, flags);
    }
    try {
      return HostCalls.open(parent, name, flags | HostCalls.O_NOATIME);
    } catch (HostCallException e) {
      if (e.errno() != HostCallException.EPERM) {
        throw e;
      }
      return HostCalls.open(parent, name, flags);
    }
  }

  /**
   * Opens the directory that holds a file and closes it after use.
   *
   * @throws CorruptImageException if it cannot be opened, or what is done with it fails
   */
  <T> T inParent(HostNodes.Node node, Use<T> use) throws IOException {
    int at = descriptor;
    try {
      HostNodes.Node parent = node.parent();
      List<byte[]> steps = parent == null ? List.of() : parent.path();
      for (byte[] name : steps) {
        int next = HostCalls.open(at, name, STEP);
        if (at != descriptor) {
          HostCalls.close(at);
        }
        at = next;
      }
      return use.with(at);
    } catch (HostCallException e) {
      throw fault(e, title(node));
    } finally {
      if (at != descriptor) {
        HostCalls.close(at);
      }
    }
  }

  static CorruptImageException fault(HostCallException e, String path) {
    return new CorruptImageException(e.fault(), -1, path, String.valueOf(e.getMessage()));
  }

  private static String title(HostNodes.Node node) {
    StringBuilder path = new StringBuilder();
    for (byte[] name : node.path()) {
      path.append('/').append(new String(name, StandardCharsets.UTF_8));
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      HostCalls.close(descriptor);
    }
  }
}
