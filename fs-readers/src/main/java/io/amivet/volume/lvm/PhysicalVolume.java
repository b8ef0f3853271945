package io.amivet.volume.lvm;

import io.amivet.block.BlockDevice;

/**
 * A physical volume and what it turned out to be part of.
 *
 * @param uuid 32 characters, without dashes; empty if its label cannot be read
 * @param group name of its volume group; empty if none is known
 * @param reason one phrase for a person
 */
public record PhysicalVolume(
    BlockDevice device, String uuid, Standing standing, String group, String reason) {

  /** What became of it. */
  public enum Standing {
    /** Its group was put together. */
    MEMBER,
    /** It belongs to no group. */
    UNUSED,
    /** Its group is not known, since the metadata is damaged or elsewhere. */
    LOST,
    /** Another one with the same uuid was taken. */
    DUPLICATE
  }
}
