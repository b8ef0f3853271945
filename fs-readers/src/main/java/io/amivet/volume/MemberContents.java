package io.amivet.volume;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.amivet.block.StructView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** Superblocks of what is only a part of something larger: LVM, RAID, bcache, bcachefs, ZFS. */
final class MemberContents {
  private static final int SECTOR_BYTES = 512;
  private static final int LVM_LABEL_SECTORS = 4;
  private static final long MD_SB_MAGIC = 0xa92b4efcL;
  private static final long RAID_090_RESERVED_BYTES = 64 << 10;
  private static final byte[] BCACHE_MAGIC = uuidBytes(0xc68573f64e1a45caL, 0x8265f57f48ba6d81L);
  private static final byte[] BCACHEFS_MAGIC = uuidBytes(0xc68573f666ce90a9L, 0xd96a60cf803df7efL);
  private static final long DDF_HEADER_MAGIC = 0xde11de11L;
  private static final long ZFS_UBERBLOCK_MAGIC = 0x00bab10cL;
  private static final int ZFS_UBERBLOCKS_AT = 128 << 10;
  private static final int ZFS_MIN_UBERBLOCKS = 4;

  private MemberContents() {}

  private static byte[] uuidBytes(long high, long low) {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  /** {@code label_header} and {@code pv_header} of LVM2's {@code lib/label/label.h}. */
  static Optional<Identity> lvm2(Probe probe) throws IOException {
    for (int sector = 0; sector < LVM_LABEL_SECTORS; sector++) {
      Optional<StructView> found =
          probe.at(
              "label_header",
              (long) sector * SECTOR_BYTES,
              SECTOR_BYTES,
              0,
              "LABELONE".getBytes(ISO_8859_1));
      if (found.isPresent()
          && found.get().u64le(8) == sector
          && Identity.text(found.get().bytes(24, 8)).equals("LVM2 001")) {
        StructView label = found.get();
        long pv_header_at = label.u32le(20);
        String uuid = label.holds(pv_header_at, 32) ? lvmUuid(label, (int) pv_header_at) : "";
        return Optional.of(new Identity("LVM2_member", "", uuid, ""));
      }
    }
    return Optional.empty();
  }

  private static String lvmUuid(StructView label, int at) {
    String id = new String(label.bytes(at, 32), ISO_8859_1);
    return String.join(
        "-",
        id.substring(0, 6),
        id.substring(6, 10),
        id.substring(10, 14),
        id.substring(14, 18),
        id.substring(18, 22),
        id.substring(22, 26),
        id.substring(26));
  }

  /** {@code mdp_superblock_1} at the places of versions 1.1 and 1.2. */
  static Optional<Identity> raidAtStart(Probe probe) throws IOException {
    Optional<Identity> version11 = raid1(probe, 0, "1.1");
    return version11.isPresent() ? version11 : raid1(probe, 4096, "1.2");
  }

  /**
   * Superblocks of versions 1.0 and 0.90, which leave the start to the contents: a member of a
   * mirror reads like a plain file system, and is read as one.
   */
  static Optional<Identity> raidAtEnd(Probe probe) throws IOException {
    long end = probe.sizeBytes() / SECTOR_BYTES * SECTOR_BYTES;
    Optional<Identity> version10 = raid1(probe, (end - 8192) & -4096L, "1.0");
    return version10.isPresent() ? version10 : raid090(probe);
  }

  private static Optional<Identity> raid1(Probe probe, long offset, String version)
      throws IOException {
    return probe
        .at("mdp_superblock_1", offset, 256)
        .filter(sb -> sb.u32le(0) == MD_SB_MAGIC && sb.u32le(4) == 1)
        .filter(sb -> sb.u64le(144) == offset / SECTOR_BYTES)
        .map(sb ->
            new Identity(
                "linux_raid_member",
                Identity.text(sb.bytes(32, 32)),
                Guid.bigEndian(sb, 16),
                "version " + version));
  }

  private static Optional<Identity> raid090(Probe probe) throws IOException {
    long offset = (probe.sizeBytes() & -RAID_090_RESERVED_BYTES) - RAID_090_RESERVED_BYTES;
    Optional<StructView> found = probe.at("mdp_super_t", offset, 4096);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StructView sb = found.get();
    if (sb.u32le(0) == MD_SB_MAGIC && sb.u32le(4) == 0) {
      UUID uuid = new UUID(sb.u32le(20) << 32 | sb.u32le(52), sb.u32le(56) << 32 | sb.u32le(60));
      return Optional.of(new Identity("linux_raid_member", "", uuid.toString(), "version 0.90"));
    }
    return Optional.empty();
  }

  /** {@code cache_sb} of {@code drivers/md/bcache/bcache_ondisk.h}. */
  static Optional<Identity> bcache(Probe probe) throws IOException {
    return probe
        .at("cache_sb", 4096, 104, 24, BCACHE_MAGIC)
        .map(sb ->
            new Identity("bcache", Identity.text(sb.bytes(72, 32)), Guid.bigEndian(sb, 40), ""));
  }

  /** {@code bch_sb} of {@code fs/bcachefs/bcachefs_format.h}. */
  static Optional<Identity> bcachefs(Probe probe) throws IOException {
    Optional<StructView> found = probe.at("bch_sb", 4096, 104, 24, BCACHEFS_MAGIC);
    if (found.isEmpty()) {
      found = probe.at("bch_sb", 4096, 104, 24, BCACHE_MAGIC);
    }
    return found.map(sb ->
        new Identity("bcachefs", Identity.text(sb.bytes(72, 32)), Guid.bigEndian(sb, 56), ""));
  }

  /** Intel Matrix RAID and SNIA DDF, whose headers are the last sectors of a disk. */
  static Optional<Identity> firmwareRaid(Probe probe) throws IOException {
    long end = probe.sizeBytes() / SECTOR_BYTES * SECTOR_BYTES;
    byte[] isw = "Intel Raid ISM Cfg Sig. ".getBytes(ISO_8859_1);
    if (probe.at("imsm_super", end - 2 * SECTOR_BYTES, isw.length, 0, isw).isPresent()) {
      return Optional.of(new Identity("isw_raid_member", "", "", ""));
    }
    return probe
        .at("ddf_header", end - SECTOR_BYTES, SECTOR_BYTES)
        .filter(header -> header.u32be(0) == DDF_HEADER_MAGIC)
        .map(_ -> new Identity("ddf_raid_member", "", "", ""));
  }

  /** Uberblocks of a vdev label, either byte order; like blkid, a single one proves nothing. */
  static Optional<Identity> zfs(Probe probe) throws IOException {
    Optional<StructView> found = probe.at("uberblock", ZFS_UBERBLOCKS_AT, 128 << 10);
    int count = 0;
    if (found.isPresent()) {
      StructView ring = found.get();
      for (int at = 0; at < ring.sizeBytes(); at += 1024) {
        boolean magic =
            ring.u64le(at) == ZFS_UBERBLOCK_MAGIC || ring.u64be(at) == ZFS_UBERBLOCK_MAGIC;
        count += magic ? 1 : 0;
      }
    }
    return count < ZFS_MIN_UBERBLOCKS
        ? Optional.empty()
        : Optional.of(new Identity("zfs_member", "", "", ""));
  }
}
