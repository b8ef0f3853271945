package io.amivet.volume;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.amivet.block.BlockDevice;
import io.amivet.block.StructView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a volume's own bytes can say it is. Names and offsets are those of {@code blkid} (util-linux
 * {@code libblkid/src/superblocks}) and of the kernel's headers. The order is that of probing:
 * containers first, because what they contain may begin with a stale superblock.
 */
enum ContentSignature {
  LUKS(VolumeState.ENCRYPTED, "LUKS-encrypted", LuksContents::recognize),
  BITLOCKER(VolumeState.ENCRYPTED, "BitLocker-encrypted", BitLockerContents::recognize),
  LVM2(VolumeState.UNSUPPORTED, "LVM physical volume", MemberContents::lvm2),
  RAID(VolumeState.UNSUPPORTED, "member of a Linux RAID", MemberContents::raidAtStart),
  BCACHE(VolumeState.UNSUPPORTED, "bcache device", MemberContents::bcache),

  /** Formats below are asked only after every file-system reader has declined. */
  EXT(VolumeState.UNSUPPORTED, "ext file system", FileSystemContents::ext),
  XFS(
      VolumeState.UNSUPPORTED,
      "XFS file system",
      magic("xfs", 0, 0, "XFSB").label(108, 12).uuid(32)),
  BTRFS(
      VolumeState.UNSUPPORTED,
      "btrfs file system",
      magic("btrfs", 0x10000, 0x40, "_BHRfS_M").label(0x12b, 256).uuid(0x20)),
  LUKS_SECOND(VolumeState.ENCRYPTED, "LUKS-encrypted", LuksContents::bySecondHeader),
  RAID_AT_END(VolumeState.UNSUPPORTED, "member of a Linux RAID", MemberContents::raidAtEnd),
  SUSPEND(VolumeState.UNSUPPORTED, "hibernated memory in a swap area", SwapContents::suspended),
  SWAP(VolumeState.UNSUPPORTED, "swap area", SwapContents::swap),
  SQUASHFS(VolumeState.UNSUPPORTED, "squashfs file system", magic("squashfs", 0, 0, "hsqs")),
  EROFS(
      VolumeState.UNSUPPORTED,
      "EROFS file system",
      magic("erofs", 1024, 0, "\u00e2\u00e1\u00f5\u00e0").label(64, 16).uuid(48)),
  F2FS(
      VolumeState.UNSUPPORTED,
      "F2FS file system",
      magic("f2fs", 1024, 0, "\020 \u00f5\u00f2").utf16Label(124, 1024).uuid(108)),
  NTFS(VolumeState.UNSUPPORTED, "NTFS file system", FileSystemContents::ntfs),
  EXFAT(VolumeState.UNSUPPORTED, "exFAT file system", FileSystemContents::exfat),
  REFS(VolumeState.UNSUPPORTED, "ReFS file system", magic("ReFS", 0, 3, "ReFS\0\0\0\0")),
  VFAT(VolumeState.UNSUPPORTED, "FAT file system", FileSystemContents::vfat),
  ISO9660(
      VolumeState.UNSUPPORTED,
      "ISO 9660 file system",
      magic("iso9660", 0x8000, 1, "CD001").label(40, 32)),
  UDF(VolumeState.UNSUPPORTED, "UDF file system", magic("udf", 0x8000, 1, "BEA01")),
  REISERFS(
      VolumeState.UNSUPPORTED,
      "ReiserFS file system",
      magic("reiserfs", 0x10000, 52, "ReIsEr").label(100, 16).uuid(84)),
  JFS(
      VolumeState.UNSUPPORTED,
      "JFS file system",
      magic("jfs", 0x8000, 0, "JFS1").label(152, 16).uuid(136)),
  BCACHEFS(VolumeState.UNSUPPORTED, "bcachefs file system", MemberContents::bcachefs),
  ZFS(VolumeState.UNSUPPORTED, "member of a ZFS pool", MemberContents::zfs),
  APFS(VolumeState.UNSUPPORTED, "APFS container", magic("apfs", 0, 32, "NXSB").uuid(72)),
  NILFS2(
      VolumeState.UNSUPPORTED,
      "NILFS2 file system",
      magic("nilfs2", 1024, 6, "44").label(168, 80).uuid(152)),
  FIRMWARE_RAID(VolumeState.UNSUPPORTED, "member of a firmware RAID", MemberContents::firmwareRaid),
  STRATIS(
      VolumeState.UNSUPPORTED,
      "member of a Stratis pool",
      magic("stratis", 0, 516, "!Stra0tis\u0086\u00ff\u0002^Arh")),
  INTEGRITY(
      VolumeState.UNSUPPORTED, "dm-integrity device", magic("DM_integrity", 0, 0, "integrt\0")),
  VDO(VolumeState.UNSUPPORTED, "VDO device", magic("vdo", 0, 0, "dmvdo001")),
  UFS(
      VolumeState.UNSUPPORTED,
      "UFS file system",
      magic("ufs", 0x10000, 1372, "\u0019\u0001T\u0019")),
  BSD_DISKLABEL(
      VolumeState.UNSUPPORTED,
      "BSD disklabel whose slices are not read",
      magic("bsd", 512, 0, "WEV\u0082")),
  VERITY_HASH(
      VolumeState.UNSUPPORTED,
      "dm-verity hash tree",
      magic("DM_verity_hash", 0, 0, "verity\0\0").uuid(16));

  /** Reads what it needs to tell; a volume that is too short is not of the kind. */
  @FunctionalInterface
  interface Recognizer {
    Optional<Identity> recognize(Probe probe) throws IOException;
  }

  private final VolumeState state;
  private final String description;

  /** Stateless; every one is a function of the probe. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Recognizer recognizer;

  ContentSignature(VolumeState state, String description, Recognizer recognizer) {
    this.state = state;
    this.description = description;
    this.recognizer = recognizer;
  }

  VolumeState state() {
    return state;
  }

  /** What it is, for a person: {@code swap area}. */
  String description() {
    return description;
  }

  /** Whether it must be believed before any file-system reader is asked. */
  boolean isContainer() {
    return compareTo(EXT) < 0;
  }

  /** Whether leaving it unread leaves something unknown: a hash tree and swap hold no files. */
  boolean holdsData() {
    return this != SWAP && this != VERITY_HASH;
  }

  Optional<Identity> recognize(BlockDevice volume) throws IOException {
    return recognizer.recognize(new Probe(volume));
  }

  private static Fields magic(String type, long offset, int magicAt, String magic) {
    return new Fields(type, offset, magicAt, magic.getBytes(ISO_8859_1), -1, 0, false, -1);
  }

  /** A superblock that a magic at a fixed place identifies, with label and uuid at fixed places. */
  private record Fields(
      String type,
      long offset,
      int magicAt,
      byte[] magic,
      int labelAt,
      int labelBytes,
      boolean utf16,
      int uuidAt)
      implements Recognizer {

    Fields label(int at, int lengthBytes) {
      return new Fields(type, offset, magicAt, magic, at, lengthBytes, false, uuidAt);
    }

    Fields utf16Label(int at, int lengthBytes) {
      return new Fields(type, offset, magicAt, magic, at, lengthBytes, true, uuidAt);
    }

    Fields uuid(int at) {
      return new Fields(type, offset, magicAt, magic, labelAt, labelBytes, utf16, at);
    }

    @Override
    public Optional<Identity> recognize(Probe probe) throws IOException {
      int lengthBytes =
          Math.max(magicAt + magic.length, Math.max(labelAt + labelBytes, uuidAt + 16));
      return probe.at(type, offset, lengthBytes, magicAt, magic).map(this::identity);
    }

    private Identity identity(StructView superblock) {
      String label = "";
      if (labelAt >= 0) {
        label =
            Identity.text(
                superblock.bytes(labelAt, labelBytes),
                utf16 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
      }
      return new Identity(type, label, uuidAt < 0 ? "" : Guid.bigEndian(superblock, uuidAt), "");
    }
  }
}
