package io.amivet.block;

/**
 * One way in which an image can contradict its format. Implemented by enums, one per format, so
 * that tests and reports match a constant and never a sentence.
 */
public interface Fault {

  /** Stable identifier, part of the report's contract: {@code ext4.superblock.magic}. */
  String code();

  /** What is wrong, without values: {@code bad superblock magic}. */
  String summary();
}
