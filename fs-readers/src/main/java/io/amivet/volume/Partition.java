package io.amivet.volume;

import io.amivet.block.ByteRange;

/**
 * One entry of a partition table. Its range may reach past the end of a truncated image.
 *
 * @param number as Linux counts: the slot from 1 on; logical MBR partitions from 5 on
 * @param kind what the table says it is for, see {@link PartitionKind}
 * @param label the table's own name for it; empty for MBR
 * @param uuid of the partition, as in {@code /dev/disk/by-partuuid}
 */
public record Partition(int number, ByteRange range, String kind, String label, String uuid) {}
