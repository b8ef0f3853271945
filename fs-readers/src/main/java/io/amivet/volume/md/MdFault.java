package io.amivet.volume.md;

import io.amivet.block.Fault;

/** Contradictions in the superblocks of software RAID. */
public enum MdFault implements Fault {
  SUPERBLOCK_CRC("md.superblock.csum", "checksum of a RAID superblock does not match"),
  MEMBER_MISSING("md.member.missing", "a member of a RAID array is missing"),
  DEGRADED("md.degraded", "RAID array lacks members that it can do without"),
  MEMBER_TWICE("md.member.duplicate", "two members of a RAID array have the same place"),
  SHAPE("md.shape", "impossible shape of a RAID array");

  private final String code;
  private final String summary;

  MdFault(String code, String summary) {
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
