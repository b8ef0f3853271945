package io.amivet.volume.lvm;

import io.amivet.block.Fault;

/** Contradictions in the labels and the metadata of LVM2. */
public enum LvmFault implements Fault {
  LABEL_CRC("lvm.label.crc", "checksum of the label of a physical volume does not match"),
  LABEL_SHAPE("lvm.label.shape", "impossible header of a physical volume"),
  MDA_MAGIC("lvm.mda.magic", "no header where an area of LVM metadata must be"),
  MDA_CRC("lvm.mda.crc", "checksum of the header of an LVM metadata area does not match"),
  MDA_RANGE("lvm.mda.range", "LVM metadata outside its area or the volume"),
  TEXT_CRC("lvm.text.crc", "checksum of the LVM metadata does not match"),
  TEXT_SYNTAX("lvm.text.syntax", "LVM metadata that cannot be parsed"),
  TEXT_LOST("lvm.text.lost", "LVM metadata is damaged, an older or another copy was used"),
  SEGMENT("lvm.segment", "impossible segment of a logical volume"),
  PV_MISSING("lvm.pv.missing", "a physical volume is missing"),
  MIRROR_DEGRADED("lvm.mirror.degraded", "a mirror lacks legs"),
  PV_TWICE("lvm.pv.duplicate", "physical volume met twice"),
  VG_TWICE("lvm.vg.duplicate", "two volume groups of the same name");

  private final String code;
  private final String summary;

  LvmFault(String code, String summary) {
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
