package io.amivet.volume;

import io.amivet.block.Fault;

/** Contradictions in partition tables, and in what they say of the image they lie on. */
public enum VolumeFault implements Fault {
  GPT_HEADER_SIGNATURE("gpt.header.signature", "no GPT header where one must be"),
  GPT_HEADER_SIZE("gpt.header.size", "impossible size of the GPT header"),
  GPT_HEADER_CRC("gpt.header.crc", "checksum of the GPT header does not match"),
  GPT_HEADER_POSITION("gpt.header.position", "GPT header states another position than its own"),
  GPT_ENTRY_SIZE("gpt.entry.size", "impossible size of GPT entries"),
  GPT_ENTRY_COUNT("gpt.entry.count", "too many GPT entries"),
  GPT_ENTRY_RANGE("gpt.entry.range", "GPT entry whose end lies before its start"),
  GPT_ENTRIES_POSITION("gpt.entries.position", "GPT entries outside the image"),
  GPT_ENTRIES_CRC("gpt.entries.crc", "checksum of the GPT entries does not match"),
  GPT_PRIMARY_LOST("gpt.primary", "primary GPT is damaged, the backup was used"),
  GPT_STALE("gpt.stale", "GPT without a protective MBR on a disk that is one volume, ignored"),
  GPT_HYBRID("gpt.hybrid", "MBR lists a partition that the GPT does not"),
  GPT_NO_PROTECTIVE_MBR("gpt.protective-mbr", "GPT without a protective MBR"),
  GPT_LOST("gpt.lost", "protective MBR, but neither GPT can be used"),
  MBR_EXTENDED_SIGNATURE("mbr.extended.signature", "no boot signature in an extended boot record"),
  MBR_EXTENDED_LOOP("mbr.extended.loop", "chain of extended boot records runs in a circle"),
  MBR_EXTENDED_LENGTH("mbr.extended.length", "chain of extended boot records is too long"),
  MBR_EXTENDED_RANGE("mbr.extended.range", "extended boot record outside its partition or image"),
  PARTITION_OVERLAP("volume.overlap", "partitions overlap"),
  TOO_MANY_ASSEMBLED("volume.assembled.limit", "more volumes put together than are listed"),
  TRUNCATED("volume.truncated", "image ends before the volume does");

  private final String code;
  private final String summary;

  VolumeFault(String code, String summary) {
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
