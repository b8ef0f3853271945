package io.amivet.volume.md;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The superblock of a member: {@code mdp_superblock_1} of versions 1.0, 1.1 and 1.2, and of 0.90
 * ({@code mdp_super_t}) what an array with one needs.
 *
 * @param version {@code 1.2}
 * @param uuid of the array, 32 hex digits
 * @param level 0, 1, 4, 5, 6, 10; -1 for linear
 * @param role place in the array; one of the {@code ROLE_} constants for what has none
 * @param componentBytes how much of each member is used, for levels with copies or parity
 * @param dataBytes how much of this one can be used
 * @param recovering whether it does not hold all of its part yet
 * @param reshaping whether the array is changing its shape
 * @param layout of a level 0 array whose members differ in size; 0 if it does not say
 * @param sound whether the checksum holds
 */
record MdSuperblock(
    String version,
    String uuid,
    String name,
    int level,
    long layout,
    long chunkBytes,
    int raidDisks,
    int role,
    long events,
    long dataOffset,
    long dataBytes,
    long componentBytes,
    boolean recovering,
    boolean reshaping,
    boolean sound) {
  static final int ROLE_SPARE = 0xffff;
  static final int ROLE_FAULTY = 0xfffe;
  static final int ROLE_JOURNAL = 0xfffd;
  static final int SECTOR_BYTES = 512;
  private static final long MD_SB_MAGIC = 0xa92b4efcL;
  private static final int HEADER_BYTES = 256;
  private static final int MAX_ROLES = 1920;
  private static final long RESERVED_090_BYTES = 64 << 10;
  private static final long FEATURE_RECOVERY_OFFSET = 2;
  private static final long FEATURE_RESHAPE_ACTIVE = 4;
  private static final long MAX_SECTORS = Long.MAX_VALUE / SECTOR_BYTES / 4;

  /** Whether the data of the array start where the member does. */
  boolean atEnd() {
    return version.equals("1.0") || version.equals("0.90");
  }

  boolean active() {
    return role < raidDisks;
  }

  /**
   * Finds the superblock of a member. At the end of a device only one whose checksum holds counts,
   * since what lies before it must not be taken for a member by chance.
   */
  static Optional<MdSuperblock> find(BlockDevice device) throws IOException {
    for (Optional<MdSuperblock> found :
        List.of(version1(device, 0, "1.1"), version1(device, 4096, "1.2"))) {
      if (found.isPresent()) {
        return found;
      }
    }
    return atEndOf(device);
  }

  /** A superblock of version 1.0 or 0.90. */
  static Optional<MdSuperblock> atEndOf(BlockDevice device) throws IOException {
    Optional<MdSuperblock> version10 = version10(device);
    return version10.isPresent() ? version10 : version090(device).filter(MdSuperblock::sound);
  }

  static Optional<MdSuperblock> version10(BlockDevice device) throws IOException {
    long end = device.sizeBytes() / SECTOR_BYTES * SECTOR_BYTES;
    return version1(device, (end - 8192) & -4096L, "1.0").filter(MdSuperblock::sound);
  }

  private static Optional<StructView> at(BlockDevice device, String name, long offset, int length)
      throws IOException {
    if (offset < 0 || offset > device.sizeBytes() - length) {
      return Optional.empty();
    }
    try {
      return Optional.of(device.struct(name, offset, length));
    } catch (CorruptImageException cutOff) {
      return Optional.empty();
    }
  }

  private static Optional<MdSuperblock> version1(BlockDevice device, long offset, String version)
      throws IOException {
    Optional<StructView> found = at(device, "mdp_superblock_1", offset, HEADER_BYTES);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StructView sb = found.get();
    long max_dev = sb.u32le(220);
    if (sb.u32le(0) != MD_SB_MAGIC
        || sb.u32le(4) != 1
        || sb.u64le(144) != offset / SECTOR_BYTES
        || max_dev > MAX_ROLES) {
      return Optional.empty();
    }
    return at(device, "mdp_superblock_1", offset, HEADER_BYTES + 2 * (int) max_dev)
        .flatMap(whole -> parse1(whole, version, (int) max_dev));
  }

  private static Optional<MdSuperblock> parse1(StructView sb, String version, int max_dev) {
    long feature_map = sb.u32le(8);
    long size = sb.u64le(80);
    long chunksize = sb.u32le(88);
    long raid_disks = sb.u32le(92);
    long data_offset = sb.u64le(128);
    long data_size = sb.u64le(136);
    long recovery_offset = sb.u64le(152);
    long dev_number = sb.u32le(160);
    boolean possible =
        inSectors(size)
            && inSectors(data_offset)
            && inSectors(data_size)
            && raid_disks <= MAX_ROLES;
    if (!possible) {
      return Optional.empty();
    }
    int role = dev_number < max_dev ? sb.u16le(HEADER_BYTES + 2 * (int) dev_number) : ROLE_SPARE;
    return Optional.of(
        new MdSuperblock(
            version,
            hex(sb, 16, 16),
            text(sb.bytes(32, 32)),
            sb.i32le(72),
            sb.u32le(76),
            chunksize * SECTOR_BYTES,
            (int) raid_disks,
            role,
            sb.u64le(200),
            data_offset * SECTOR_BYTES,
            data_size * SECTOR_BYTES,
            size * SECTOR_BYTES,
            (feature_map & FEATURE_RECOVERY_OFFSET) != 0 && recovery_offset != -1,
            (feature_map & FEATURE_RESHAPE_ACTIVE) != 0,
            checksum1(sb) == sb.u32le(216)));
  }

  private static boolean inSectors(long sectors) {
    return sectors >= 0 && sectors <= MAX_SECTORS;
  }

  /** {@code calc_sb_1_csum} of {@code drivers/md/md.c}. */
  private static long checksum1(StructView sb) {
    long sum = 0;
    int at = 0;
    for (; at + 4 <= sb.sizeBytes(); at += 4) {
      sum += at == 216 ? 0 : sb.u32le(at);
    }
    sum += at + 2 <= sb.sizeBytes() ? sb.u16le(at) : 0;
    return (sum & 0xffff_ffffL) + (sum >>> 32) & 0xffff_ffffL;
  }

  private static Optional<MdSuperblock> version090(BlockDevice device) throws IOException {
    long offset = (device.sizeBytes() & -RESERVED_090_BYTES) - RESERVED_090_BYTES;
    Optional<StructView> found = at(device, "mdp_super_t", offset, 4096);
    if (found.isEmpty() || found.get().u32le(0) != MD_SB_MAGIC || found.get().u32le(4) != 0) {
      return Optional.empty();
    }
    StructView sb = found.get();
    long sum = 0;
    for (int at = 0; at < 4096; at += 4) {
      sum += at == 152 ? 0 : sb.u32le(at);
    }
    long raid_disks = sb.u32le(40);
    long role = sb.u32le(992 * 4 + 12);
    boolean faulty = (sb.u32le(992 * 4 + 16) & 1) != 0;
    long size = sb.u32le(32) * 1024;
    return Optional.of(
        new MdSuperblock(
            "0.90",
            hex(sb, 20, 4) + hex(sb, 52, 12),
            String.valueOf(sb.u32le(44)),
            sb.i32le(28),
            sb.u32le(256),
            sb.u32le(260),
            (int) Math.min(raid_disks, MAX_ROLES),
            faulty ? ROLE_FAULTY : (int) Math.min(role, ROLE_SPARE),
            sb.u32le(160) << 32 | sb.u32le(156),
            0,
            offset,
            size,
            false,
            false,
            ((sum & 0xffff_ffffL) + (sum >>> 32) & 0xffff_ffffL) == sb.u32le(152)));
  }

  private static String hex(StructView sb, int at, int lengthBytes) {
    return HexFormat.of().formatHex(sb.bytes(at, lengthBytes));
  }

  private static String text(byte[] field) {
    String all = new String(field, UTF_8);
    int end = all.indexOf('\0');
    return (end < 0 ? all : all.substring(0, end)).strip();
  }

  /** As mdadm names the device: without the host that made it. */
  String deviceName() {
    int colon = name.indexOf(':');
    String device = colon < 0 ? name : name.substring(colon + 1);
    return device.isEmpty() ? uuid : device;
  }

  /** The level as {@code mdadm --level} takes it. */
  String levelName() {
    return switch (level) {
      case -1 -> "linear";
      case -4 -> "multipath";
      case -5 -> "faulty";
      default -> "raid" + level;
    };
  }
}
