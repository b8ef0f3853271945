package io.amivet.finding;

import java.util.List;

/**
 * What lets somebody else check later that a report is about these bytes, and who made it.
 *
 * @param toolDigest SHA-256 over the jars of amivet in hex; empty if it ran from class folders
 * @param caller ARN of the AWS identity that read the blocks; empty if there is none, or it could
 *     not be had
 * @param disks those whose bytes were hashed
 */
public record Custody(String toolDigest, String caller, List<DiskDigest> disks) {
  /** Nothing is known. */
  public static final Custody NONE = new Custody("", "", List.of());

  public Custody {
    disks = List.copyOf(disks);
  }

  /**
   * The bytes of a disk in one number.
   *
   * @param disk a snapshot id or a file name
   * @param method what was hashed how
   * @param digest in hex
   * @param blocks how many blocks went in; 0 if the disk was hashed as a whole
   * @param ranges which blocks, {@code 0-3,17}; empty if the disk was hashed as a whole
   */
  public record DiskDigest(String disk, Method method, String digest, long blocks, String ranges) {}

  /** What a digest covers. */
  public enum Method {
    /** SHA-256 of all bytes of the disk. */
    WHOLE_DISK("sha256"),
    /**
     * SHA-256 over the blocks that were read, in order: of each the index, 8 bytes big-endian, and
     * the SHA-256 that the source stated and that was verified.
     */
    BLOCKS_READ("sha256-of-block-sha256");

    private final String label;

    Method(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
