package io.amivet.scan;

/**
 * What a scan will read of its disks, in blocks of EBS snapshots (512 KiB). The blocks that finding
 * this out has read, names and inodes, are among them.
 *
 * @param total blocks of all disks
 * @param listed of these, blocks that hold data
 * @param needed of these, blocks that a scan of the given depth reads
 * @param files whose contents it reads
 * @param complete false if a volume or a directory could not be read, so that more may be needed
 */
public record FetchEstimate(
    Depth depth, long total, long listed, long needed, long files, boolean complete) {

  /** The bytes of what is needed. */
  public long neededBytes() {
    return needed * FetchRecorder.BLOCK_BYTES;
  }
}
