package io.amivet.regex;

/** Whose regular expressions. */
public enum Dialect {
  /** RE2 as in Go's {@code regexp}. */
  GO,
  /** The Rust crate {@code regex}: free spacing, set operations in classes. */
  RUST,
  /** {@code java.util.regex}: classes nest and intersect, blanks within them are members. */
  JAVA,
  /** As Rust, but blanks and {@code #} within classes are members, as in PCRE and .NET. */
  PCRE
}
