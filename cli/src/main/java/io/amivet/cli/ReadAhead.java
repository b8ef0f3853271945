package io.amivet.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Values that a thread of its own makes, a few ahead of the one that takes them: while one thread
 * reads the image, another formats and writes. What goes wrong there is thrown here, after the
 * values that were made before. Closing stops the maker and waits for it.
 */
final class ReadAhead<T> implements AutoCloseable {
  private final BlockingQueue<Item<T>> queue;
  private final Thread maker;
  private boolean ended;

  /** Makes the values; runs in the other thread. */
  interface Source<T> {
    void run(Sink<T> sink) throws IOException;
  }

  /** Takes a value; waits while enough are ahead. */
  interface Sink<T> {
    void put(T value) throws IOException;
  }

  /** A value, or the end with what it came from. */
  private record Item<T>(@Nullable T value, @Nullable Throwable failure) {}

  /**
   * @param ahead how many values may wait
   */
  ReadAhead(int ahead, Source<T> source) {
    queue = new ArrayBlockingQueue<>(ahead);
    maker = Thread.ofPlatform().daemon().name("read-ahead").unstarted(() -> make(source));
    maker.start();
  }

  private void make(Source<T> source) {
    Throwable failure = null;
    try {
      source.run(value -> put(new Item<>(value, null)));
    } catch (IOException | RuntimeException | Error e) {
      // An Error too: an InternalError is a mapped page that is gone.
      failure = e;
    }
    try {
      put(new Item<>(null, failure));
    } catch (InterruptedIOException closed) {
      // Nobody waits for the end any more.
      Thread.currentThread().interrupt();
    }
  }

  private void put(Item<T> item) throws InterruptedIOException {
    try {
      queue.put(item);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("no longer wanted");
    }
  }

  /** Whether {@link #next} would not wait. */
  boolean isReady() {
    return ended || !queue.isEmpty();
  }

  /** The next value; null at the end. */
  @Nullable T next() throws IOException {
    if (ended) {
      return null;
    }
    Item<T> item;
    try {
      item = queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (item.value() != null) {
      return item.value();
    }
    ended = true;
    switch (item.failure()) {
      case null -> {
        return null;
      }
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    ended = true;
    maker.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        maker.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
