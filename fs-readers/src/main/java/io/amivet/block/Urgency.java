package io.amivet.block;

/** How soon what is asked of a device ahead of its reading will be read. */
public enum Urgency {
  /** Next: whoever asks reads it as soon as it is there. */
  SOON,

  /** Some time, as a part of a long stream; never at the cost of what is wanted soon. */
  EVENTUALLY
}
