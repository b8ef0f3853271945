package io.amivet.fat;

import io.amivet.block.Fault;

/** The ways in which an image can contradict FAT; the codes are part of the report's contract. */
public enum FatFault implements Fault {
  BOOT_SECTOR("fat.boot.geometry", "impossible geometry in the boot sector"),
  VOLUME_TRUNCATED("fat.volume.truncated", "volume is shorter than its file system"),
  TABLE_RANGE("fat.table.range", "cluster that the file allocation table does not hold"),
  TABLE_COPY("fat.table.copy", "first table is damaged, the second is used"),
  CHAIN_BROKEN("fat.chain.broken", "chain of clusters runs into a free or bad cluster"),
  CHAIN_SHORT("fat.chain.short", "chain of clusters ends before the file does"),
  CHAIN_LOOP("fat.chain.loop", "chain of clusters runs in a circle"),
  CHAIN_LIMIT("fat.chain.limit", "more pieces in a file than are read"),
  ENTRY_RANGE("fat.entry.range", "directory entry outside the volume"),
  ENTRY_FREE("fat.entry.free", "directory entry is free"),
  DIRECTORY_LIMIT("fat.dir.limit", "directory larger than FAT allows"),
  DIRECTORY_SHARED("fat.dir.shared", "two directories start at the same cluster"),
  DIRECTORY_NAME("fat.dir.name", "name that Linux does not allow");

  private final String code;
  private final String summary;

  FatFault(String code, String summary) {
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
