package io.amivet.sqlite;

import java.io.IOException;

/** A database that is damaged, encrypted, or no SQLite database at all. */
public final class SqliteException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long page;

  SqliteException(String message, long page) {
    super(page > 0 ? message + " (page " + page + ")" : message);
    this.page = page;
  }

  /** The page where it was met, from 1; 0 if none in particular. */
  public long page() {
    return page;
  }
}
