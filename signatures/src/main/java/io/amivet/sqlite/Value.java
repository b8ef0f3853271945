package io.amivet.sqlite;

/** A value of a row, by its storage class. */
public sealed interface Value {
  Value NULL = new Null();

  /** {@code NULL}. */
  record Null() implements Value {}

  /** {@code INTEGER}. */
  record Int(long value) implements Value {}

  /** {@code REAL}. */
  record Real(double value) implements Value {}

  /** {@code TEXT}. */
  record Text(String value) implements Value {}

  /** {@code BLOB}; the array is the caller's. */
  record Blob(byte[] value) implements Value {}
}
