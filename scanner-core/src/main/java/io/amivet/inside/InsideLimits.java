package io.amivet.inside;

/**
 * How far is looked into files. "One file" is a file of the image with all that is nested in it.
 *
 * @param depth archives and compressions around each other
 * @param membersPerFile members of one file
 * @param bytesPerFile that come out of one file, each level counted
 * @param bytesInAll that come out of all files of a scan
 * @param ratio bytes that come out for each byte of the file, beyond {@code freeBytes}
 * @param freeBytes that may come out of any file, however small
 * @param memoryPerFile held for members that are read by position, and for dictionaries
 */
public record InsideLimits(
    int depth,
    long membersPerFile,
    long bytesPerFile,
    long bytesInAll,
    long ratio,
    long freeBytes,
    long memoryPerFile) {

  /** What a scan uses; docs/limits.md says so. */
  public static final InsideLimits STANDARD =
      new InsideLimits(8, 1_000_000, 16L << 30, 64L << 30, 250, 64L << 20, 96L << 20);

  /** The same with another depth; 0 looks into nothing. */
  public InsideLimits withDepth(int otherDepth) {
    return new InsideLimits(
        otherDepth, membersPerFile, bytesPerFile, bytesInAll, ratio, freeBytes, memoryPerFile);
  }
}
