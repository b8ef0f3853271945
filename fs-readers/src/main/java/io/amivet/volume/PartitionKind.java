package io.amivet.volume;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a partition is for, by its GPT type GUID (UEFI 2.10 section 5.3.3, the UAPI group's
 * Discoverable Partitions Specification, and vendors' own) or its MBR id.
 */
enum PartitionKind {
  LINUX_FILESYSTEM("0fc63daf-8483-4772-8e79-3d69d8477de4", 0x83),
  LINUX_SWAP("0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", 0x82),
  LINUX_LVM("e6d6d379-f507-44c2-a23c-238f2a3df928", 0x8e),
  LINUX_RAID("a19d880f-05fc-4d3b-a006-743f0f84911e", 0xfd),
  LINUX_ROOT_X86_64("4f68bce3-e8cd-4db1-96e7-fbcaf984b709"),
  LINUX_ROOT_ARM64("b921b045-1df0-41c3-af44-4c6f280d3fae"),
  LINUX_ROOT_X86("44479540-f297-41b2-9af7-d131d5f0458a"),
  LINUX_ROOT_VERITY_X86_64("2c7357ed-ebd2-46d9-aec1-23d437ec2bf5"),
  LINUX_ROOT_VERITY_ARM64("df3300ce-d69f-4c92-978c-9bfb0f38d820"),
  LINUX_USR_X86_64("8484680c-9521-48c6-9c11-b0720656f69e"),
  LINUX_USR_ARM64("b0e01050-ee5f-4390-949a-9101b17104e9"),
  LINUX_USR_VERITY_X86_64("77ff5f63-e7b6-4633-acf4-1565b864c0e6"),
  LINUX_BOOT("bc13c2ff-59e6-4262-a352-b275fd6f7172"),
  LINUX_HOME("933ac7e1-2eb4-4f13-b844-0e14e2aef915"),
  LINUX_SRV("3b8f8425-20e0-4f3b-907f-1a25a76f98e8"),
  LINUX_VAR("4d21b016-b534-45c2-a9fb-5c16e091fd2d"),
  LINUX_TMP("7ec6f557-3bc5-4aca-b293-16ef5df639d1"),
  LINUX_RESERVED("8da63339-0007-60c0-c436-083ac8230908"),
  LUKS("ca7d7ccb-63ed-4c53-861c-1742536059cc", 0xe8),
  EFI_SYSTEM("c12a7328-f81f-11d2-ba4b-00a0c93ec93b", 0xef),
  BIOS_BOOT("21686148-6449-6e6f-744e-656564454649"),
  PREP_BOOT("9e1a2d38-c612-4316-aa26-8b49521e5a8b", 0x41),
  MICROSOFT_BASIC_DATA("ebd0a0a2-b9e5-4433-87c0-68b6b72699c7"),
  MICROSOFT_RESERVED("e3c9e316-0b5c-4db8-817d-f92df00215ae"),
  MICROSOFT_RECOVERY("de94bba4-06d1-4d40-a16a-bfd50179d6ac", 0x27),
  WINDOWS_LDM_DATA("af9b60a0-1431-4f62-bc68-3311714a69ad", 0x42),
  NTFS_OR_EXFAT(0x07),
  FAT(0x01, 0x04, 0x06, 0x0b, 0x0c, 0x0e),
  EXTENDED(0x05, 0x0f, 0x85),
  GPT_PROTECTIVE(0xee),
  VMWARE_VMFS("aa31e02a-400f-11db-9590-000c2911d1b8", 0xfb),
  APPLE_HFS("48465300-0000-11aa-aa11-00306543ecac", 0xaf),
  APPLE_APFS("7c3457ef-0000-11aa-aa11-00306543ecac"),
  FREEBSD_UFS("516e7cb6-6ecf-11d6-8ff8-00022d09712b", 0xa5),
  FREEBSD_ZFS("516e7cba-6ecf-11d6-8ff8-00022d09712b"),
  FREEBSD_BOOT("83bd6b9d-7f41-11dc-be0b-001560b84f0f"),
  FREEBSD_SWAP("516e7cb5-6ecf-11d6-8ff8-00022d09712b"),
  SOLARIS_ZFS("6a898cc3-1dd2-11b2-99a6-080020736631", 0xbf),
  CHROMEOS_KERNEL("fe3a2a5d-4f32-41a7-b725-accc3285a309"),
  CHROMEOS_ROOT("3cb8e202-3b7e-47dd-8a3c-7ff2a13cfcec"),
  BOTTLEROCKET_BOOT("6b636168-7420-6568-2070-6c616e657421"),
  BOTTLEROCKET_ROOT("5526016a-1a97-4ea4-b39a-b7c8c6ca4502"),
  BOTTLEROCKET_HASH("598f10af-c955-4456-6a99-7720068a6cea"),
  BOTTLEROCKET_RESERVED("0c5d99a5-d331-4147-baef-08e2b855bdc9"),
  BOTTLEROCKET_PRIVATE("440408bb-eb0b-4328-a6e5-a29038fad706"),
  BOTTLEROCKET_DATA("626f7474-6c65-6474-6861-726d61726b73"),
  BOTTLEROCKET_FIRMWARE("31415927-c929-45e7-a172-fe3407e096ac");

  private static final Map<String, PartitionKind> BY_GUID = new HashMap<>();
  private static final Map<Integer, PartitionKind> BY_MBR_ID = new HashMap<>();

  static {
    for (PartitionKind kind : values()) {
      if (!kind.guid.isEmpty()) {
        BY_GUID.put(kind.guid, kind);
      }
      for (int id : kind.mbrIds) {
        BY_MBR_ID.put(id, kind);
      }
    }
  }

  private final String guid;

  @SuppressWarnings("ImmutableEnumChecker") // an immutable list, which its type does not say
  private final List<Integer> mbrIds;

  PartitionKind(String guid, Integer... mbrIds) {
    this.guid = guid;
    this.mbrIds = List.of(mbrIds);
  }

  PartitionKind(Integer... mbrIds) {
    this("", mbrIds);
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The readable kind, or {@code gpt:<guid>} for a type that is not in the table. */
  static String ofGuid(String guid) {
    PartitionKind kind = BY_GUID.get(guid);
    return kind == null ? "gpt:" + guid : kind.label();
  }

  /** The readable kind, or {@code mbr:0x<id>} for an id that is not in the table. */
  static String ofMbrId(int id) {
    PartitionKind kind = BY_MBR_ID.get(id);
    return kind == null ? String.format(Locale.ROOT, "mbr:0x%02x", id) : kind.label();
  }

  static boolean isExtended(int mbrId) {
    return BY_MBR_ID.get(mbrId) == EXTENDED;
  }
}
