package io.amivet.source.disk;

import io.amivet.block.Fault;

/** How the file around a disk can contradict its format, whichever that is. */
enum DiskFault implements Fault {
  HEADER("disk.header", "impossible value in the header of a disk image"),
  CHECKSUM("disk.checksum", "checksum of a disk image does not match"),
  TABLE("disk.table", "block table of a disk image lies outside the file"),
  ENTRY("disk.entry", "impossible entry in the block table of a disk image"),
  TRUNCATED("disk.truncated", "disk image ends before data that it should hold"),
  COMPRESSED("disk.compressed", "compressed cluster of a disk image cannot be decompressed");

  private final String code;
  private final String summary;

  DiskFault(String code, String summary) {
    this.code = code;
    this.summary = summary;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String summary() {
    return summary;
  }
}
