package io.amivet.volume;

import io.amivet.block.BlockDevice;
import io.amivet.fs.FileSystemFormat;
import org.jspecify.annotations.Nullable;

/**
 * A part of a device that may hold a file system.
 *
 * @param index 1, 2, … over the whole target, in the order of the disks and then of their tables;
 *     what {@code --volume N} names
 * @param device the bytes of the volume alone
 * @param kind what the partition table says it is for: {@code linux-filesystem}, {@code bios-boot},
 *     {@code efi-system}, {@code mbr:0x83}; else {@code whole-disk}, {@code md-array} or {@code
 *     logical-volume}
 * @param name short place name: {@code p1}, {@code p5}, {@code disk}, {@code vg0/root}
 * @param contents what its own bytes say it is, as {@code blkid} calls it: {@code ext4}, {@code
 *     xfs}, {@code LVM2_member}, {@code crypto_LUKS}, {@code swap}, {@code vfat}; empty if nothing
 *     was recognised
 * @param label file-system label, empty if none
 * @param uuid file-system uuid, empty if none
 * @param state {@link VolumeState#READ} as long as {@code format} accepted it and nothing failed
 * @param reason why it is not read. For READ empty, or why a part of it cannot be: the image ends
 *     before the volume does
 * @param holdsData whether not reading it leaves the coverage incomplete; false for swap, BIOS
 *     boot, EFI system partitions and zeros
 * @param format the reader that accepted the volume, if one did
 * @param partition the entry of the partition table that names it, if one does
 */
public record Volume(
    int index,
    BlockDevice device,
    String kind,
    String name,
    String contents,
    String label,
    String uuid,
    VolumeState state,
    String reason,
    boolean holdsData,
    @Nullable FileSystemFormat format,
    @Nullable Partition partition) {

  /** A volume that no partition table names. */
  public Volume(
      int index,
      BlockDevice device,
      String kind,
      String name,
      String contents,
      String label,
      String uuid,
      VolumeState state,
      String reason,
      boolean holdsData,
      @Nullable FileSystemFormat format) {
    this(index, device, kind, name, contents, label, uuid, state, reason, holdsData, format, null);
  }

  /** The same volume in another state; the reader that accepted it counts for READ alone. */
  public Volume with(VolumeState newState, String newReason, boolean newHoldsData) {
    return new Volume(
        index,
        device,
        kind,
        name,
        contents,
        label,
        uuid,
        newState,
        newReason,
        newHoldsData,
        newState == VolumeState.READ ? format : null,
        partition);
  }

  /** The same volume under another name. */
  Volume named(String newName) {
    return new Volume(
        index, device, kind, newName, contents, label, uuid, state, reason, holdsData, format,
        partition);
  }

  /** The same volume with what its file system says of itself. */
  public Volume describedAs(String newContents, String newLabel, String newUuid) {
    return new Volume(
        index,
        device,
        kind,
        name,
        newContents,
        newLabel,
        newUuid,
        state,
        reason,
        holdsData,
        format,
        partition);
  }

  /** Whether, as far as is known, reading it leaves nothing out. */
  public boolean complete() {
    return !holdsData || (state == VolumeState.READ && reason.isEmpty());
  }
}
