package io.amivet.volume;

import java.util.List;

/** How a disk is divided. */
public sealed interface PartitionTable permits MbrTable, GptTable {

  /** Name of the format: {@code mbr} or {@code gpt}. */
  String type();

  /** All partitions that can hold something, in the order of their numbers. */
  List<Partition> partitions();

  /**
   * One sentence for each part of the table that could not be read, so that partitions may lack.
   */
  List<String> losses();
}
