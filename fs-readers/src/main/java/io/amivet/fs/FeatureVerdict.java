package io.amivet.fs;

/** What a feature bit means for a reader. */
public enum FeatureVerdict {
  /** Changes structures that are read, and is honoured. */
  READ,
  /** Changes only structures that a reader never needs. */
  IGNORE,
  /** The volume cannot be read correctly with this bit set. */
  REFUSE
}
