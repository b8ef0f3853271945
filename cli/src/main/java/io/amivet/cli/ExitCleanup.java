package io.amivet.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be put right when the process is told to stop (Ctrl-C, SIGTERM) in the middle of a
 * command: delete private files, clean the terminal. Owns the only shutdown hook.
 *
 * <p>An action runs beside threads that still work, so it must be safe for them: deleting a mapped
 * file is, unmapping it is not.
 */
final class ExitCleanup {
  private final Deque<Closeable> actions = new ArrayDeque<>();
  private volatile boolean stopping;

  /** Makes this the process's clean-up. Call once, from {@code main}. */
  void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::run, "cleanup"));
  }

  /** Registers an action; closing the result takes it back, for a command that ends in order. */
  Registration register(Closeable action) {
    synchronized (actions) {
      actions.push(action);
    }
    return () -> {
      synchronized (actions) {
        actions.remove(action);
      }
    };
  }

  /** An action that is still registered. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** Whether the process is being stopped, so that failures are its echo and not worth a word. */
  boolean stopping() {
    return stopping;
  }

  void run() {
    stopping = true;
    synchronized (actions) {
      while (!actions.isEmpty()) {
        try {
          actions.pop().close();
        } catch (IOException | RuntimeException e) {
          // The process ends; the other actions matter more than this one's failure.
        }
      }
    }
  }
}
