package io.amivet.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Things to close, the last opened first; all are closed even if one fails. */
final class Closing implements Closeable {
  private final Deque<Closeable> open = new ArrayDeque<>();

  void add(Closeable resource) {
    open.push(resource);
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
