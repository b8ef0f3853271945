package io.amivet.block;

/** Takes the places that a range of a device really lies at, piece by piece, in its order. */
@FunctionalInterface
public interface Places {
  /**
   * Takes one piece.
   *
   * @param device that has the bytes; not a part of another, nor put together of others
   */
  void add(BlockDevice device, long offset, long lengthBytes);
}
