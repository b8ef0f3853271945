#!/usr/bin/env bash
# Makes the vol-*.img.gz fixtures and what sfdisk, sgdisk and blkid say of them.
# Needs root (loop devices with 4096-byte sectors) and the mkfs tools named below.
#   ./make-volumes.sh [OUTPUT_FOLDER]
set -euo pipefail
export LC_ALL=C TZ=UTC PATH="$PATH:/usr/sbin:/sbin"
out="$(realpath "${1:-$(dirname "$0")/../src/main/resources/images}")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

# Deterministic bytes that compress badly.
noise() { python3 -c 'import random,sys; r=random.Random(int(sys.argv[1])); sys.stdout.buffer.write(r.randbytes(int(sys.argv[2])))' "$1" "$2"; }

# image name, offset of the first byte, file to put there
place() { dd if="$3" of="$1" bs=64K oflag=seek_bytes seek="$2" conv=notrunc,sparse status=none; }

# What blkid says of each partition that sfdisk lists: one "number size key=value…" line each.
identify() { # image json sectorBytes
  python3 - "$1" "$2" "$3" <<'PY'
import json, subprocess, sys
image, table, sector = sys.argv[1], json.load(open(sys.argv[2])), int(sys.argv[3])
for part in table["partitiontable"]["partitions"]:
    number = part["node"].rsplit("p" if "loop" in part["node"] else ".img", 1)[1]
    start, size = part["start"] * sector, part["size"] * sector
    said = subprocess.run(["blkid", "-p", "-o", "export", "-O", str(start), "-S", str(size), image],
                          capture_output=True, text=True).stdout.splitlines()
    keep = [l for l in said if l.split("=")[0] in ("TYPE", "UUID", "LABEL", "VERSION", "AMBIVALENT")]
    print(number, start, size, *keep, sep="\t")
PY
}

finish() { # name sectorBytes
  sed -i "s#$work/##; s#/dev/loop[0-9]*#$1.img#" "$1.sfdisk.json"
  cp "$1.sfdisk.json" "$1.blkid.tsv" "$out/"
  gzip -9n < "$1.img" > "$out/$1.img.gz"
}

# File systems are cut after their superblocks: recognising them needs no more. Most get zeros behind,
# since blkid looks for some formats only on devices of a certain size.
content_files() {
  mkdir tree && echo "nothing here" > tree/readme
  truncate -s 2M ext4.fs && mke2fs -q -t ext4 -L root -U 11111111-2222-4333-8444-555555555501 -O ^has_journal ext4.fs
  truncate -s 1M ext2.fs && mke2fs -q -t ext2 -L boot -U 11111111-2222-4333-8444-555555555502 ext2.fs
  truncate -s 2M vfat.fs && mkfs.vfat -n UEFI -i 12ab34cd vfat.fs > /dev/null
  truncate -s 40M fat32.fs && mkfs.vfat -F 32 -n BIGFAT -i 0badcafe fat32.fs > /dev/null && truncate -s 512K fat32.fs
  truncate -s 1M swap.fs && mkswap -q -L swap0 -U 11111111-2222-4333-8444-555555555503 swap.fs
  cp swap.fs suspend.fs && printf 'S1SUSPEND\0' | dd of=suspend.fs bs=1 seek=4086 conv=notrunc status=none
  truncate -s 1M luks1.fs && printf test-only | cryptsetup -q luksFormat --type luks1 --pbkdf-force-iterations 1000 \
    -c aes-cbc-essiv:sha256 -s 128 --align-payload 8 --uuid 11111111-2222-4333-8444-555555555504 luks1.fs - && truncate -s 4K luks1.fs && truncate -s 1M luks1.fs
  truncate -s 4M luks2.fs && printf test-only | cryptsetup -q luksFormat --type luks2 --pbkdf pbkdf2 \
    --pbkdf-force-iterations 1000 -c aes-cbc-essiv:sha256 -s 128 --label vault --luks2-keyslots-size 128k \
    --luks2-metadata-size 16k --offset 2048 --uuid 11111111-2222-4333-8444-555555555505 luks2.fs - 2> /dev/null && truncate -s 32K luks2.fs && truncate -s 1M luks2.fs
  truncate -s 130M btrfs.fs && mkfs.btrfs -q -L pool -U 11111111-2222-4333-8444-555555555506 btrfs.fs > /dev/null 2>&1 && truncate -s 256K btrfs.fs && truncate -s 2M btrfs.fs
  truncate -s 2M ntfs.fs && mkntfs -F -Q -q -L windows ntfs.fs > /dev/null 2>&1 && truncate -s 64K ntfs.fs
  truncate -s 320M xfs.fs && mkfs.xfs -q -L data -m uuid=11111111-2222-4333-8444-555555555512 xfs.fs && truncate -s 64K xfs.fs
  truncate -s 2M exfat.fs && mkfs.exfat -b 64K -L photos exfat.fs > /dev/null
  mksquashfs tree squashfs.fs -quiet -no-progress -mkfs-time 0 -all-time 0 > /dev/null
  mkfs.erofs -T0 -U 11111111-2222-4333-8444-555555555507 erofs.fs tree > /dev/null 2>&1
  xorriso -as mkisofs -quiet -V CDROM -o iso9660.fs tree 2> /dev/null
  truncate -s 64M f2fs.fs && mkfs.f2fs -q -l flash -U 11111111-2222-4333-8444-555555555508 f2fs.fs > /dev/null && truncate -s 256K f2fs.fs
  truncate -s 40M reiserfs.fs && mkreiserfs -q -f -f -l old -u 11111111-2222-4333-8444-555555555509 reiserfs.fs > /dev/null 2>&1 && truncate -s 256K reiserfs.fs
  truncate -s 20M jfs.fs && mkfs.jfs -q -L aix jfs.fs > /dev/null && truncate -s 256K jfs.fs && truncate -s 17M jfs.fs
  truncate -s 64K data.bin && truncate -s 64K verity.fs && veritysetup format -s - \
    --uuid 11111111-2222-4333-8444-555555555510 data.bin verity.fs > /dev/null
  truncate -s 8M lvm2.fs && (loop=$(losetup -f --show lvm2.fs) && pvcreate -qq --driverloaded n -ff -y --norestorefile \
    -u AAAAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGGGG --devices "$loop" "$loop" > /dev/null 2>&1; losetup -d "$loop") && truncate -s 2M lvm2.fs
  python3 - <<'PY'
# No tool writes these without a kernel module: superblocks by the kernel's headers, checked by blkid.
import struct, uuid
md = uuid.UUID("11111111-2222-4333-8444-555555555511").bytes
def md1(offset):
    sb = bytearray(256 + 4)
    struct.pack_into("<IIII16s32sQIiQ", sb, 0, 0xA92B4EFC, 1, 0, 0, md, b"host:0", 0, 1, 0, 2048)
    struct.pack_into("<II", sb, 88, 0, 2)
    struct.pack_into("<QQQ", sb, 128, 2048, 2048, offset // 512)
    struct.pack_into("<I", sb, 220, 2)
    sum_ = sum(struct.unpack("<%dI" % (len(sb) // 4), bytes(sb)))
    struct.pack_into("<I", sb, 216, (sum_ & 0xFFFFFFFF) + (sum_ >> 32) & 0xFFFFFFFF)
    return bytes(sb)
def put(name, size, *pieces):
    image = bytearray(size)
    for offset, data in pieces: image[offset:offset + len(data)] = data
    open(name, "wb").write(image)
put("raid12.fs", 2 << 20, (4096, md1(4096)))
put("raid11.fs", 2 << 20, (0, md1(0)))
at = ((2 << 20) - 8192) & ~4095
put("raid10.fs", 2 << 20, (at, md1(at)))
sb0 = bytearray(4096)
words = struct.unpack(">4I", md)
struct.pack_into("<IIII", sb0, 0, 0xA92B4EFC, 0, 90, 0)
struct.pack_into("<I", sb0, 20, words[0]); struct.pack_into("<3I", sb0, 52, *words[1:])
struct.pack_into("<I", sb0, 152, sum(struct.unpack("<1024I", bytes(sb0))) & 0xFFFFFFFF)
put("raid090.fs", 2 << 20, ((2 << 20) - 65536, bytes(sb0)))
put("bitlocker.fs", 1 << 20, (0, b"\xeb\x58\x90-FVE-FS-" + struct.pack("<HBH", 512, 8, 0)),
    (160, uuid.UUID("4967d63b-2e29-4ad8-8399-f6a339e3d001").bytes_le), (510, b"\x55\xaa"),
    (176, struct.pack("<QQQ", 0x10000, 0x20000, 0x30000)), (0x10000, b"-FVE-FS-" + struct.pack("<HH", 100, 2)))
PY
  noise 7 65536 > unknown.fs
  truncate -s 1M zeros.fs
}

content_files

# A disk as cloud images have it: root first, boot loader code and EFI system partition at the end.
truncate -s 24M vol-gpt.img
sfdisk -q vol-gpt.img <<'SF'
label: gpt
label-id: AAAAAAAA-0000-4000-8000-000000000001
start=16384, size=16384, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, uuid=AAAAAAAA-0000-4000-8000-000000000011, name="cloudimg-rootfs"
14: start=2048, size=2048, type=21686148-6449-6E6F-744E-656564454649, uuid=AAAAAAAA-0000-4000-8000-000000000012
15: start=4096, size=8192, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, uuid=AAAAAAAA-0000-4000-8000-000000000013
16: start=12288, size=4096, type=BC13C2FF-59E6-4262-A352-B275FD6F7172, uuid=AAAAAAAA-0000-4000-8000-000000000014, name="boot"
SF
noise 3 3000 > core.bin
place vol-gpt.img $((16384 * 512)) ext4.fs
place vol-gpt.img $((2048 * 512)) core.bin
place vol-gpt.img $((4096 * 512)) vfat.fs
place vol-gpt.img $((12288 * 512)) ext2.fs
sfdisk --json "$work/vol-gpt.img" > vol-gpt.sfdisk.json
identify vol-gpt.img vol-gpt.sfdisk.json 512 > vol-gpt.blkid.tsv
finish vol-gpt

# The same table on a disk with 4096-byte sectors.
truncate -s 16M vol-gpt4k.img
loop=$(losetup -f --show -b 4096 vol-gpt4k.img)
sfdisk -q --no-reread --no-tell-kernel "$loop" <<'SF'
label: gpt
label-id: AAAAAAAA-0000-4000-8000-000000000002
start=256, size=1024, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, uuid=AAAAAAAA-0000-4000-8000-000000000021, name="root"
start=1280, size=512, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F, uuid=AAAAAAAA-0000-4000-8000-000000000022, name="swap"
SF
sfdisk --json "$loop" > vol-gpt4k.sfdisk.json
losetup -d "$loop"
place vol-gpt4k.img $((256 * 4096)) ext4.fs
place vol-gpt4k.img $((1280 * 4096)) swap.fs
identify vol-gpt4k.img vol-gpt4k.sfdisk.json 4096 > vol-gpt4k.blkid.tsv
finish vol-gpt4k

# A GPT whose MBR also lists a partition for boot loaders that know no GPT.
truncate -s 8M vol-hybrid.img
sgdisk -o -U AAAAAAAA-0000-4000-8000-000000000003 -n 1:2048:+2M -t 1:8300 -u 1:AAAAAAAA-0000-4000-8000-000000000031 \
  -n 2:0:+1M -t 2:8200 -u 2:AAAAAAAA-0000-4000-8000-000000000032 -h 1 vol-hybrid.img > /dev/null
place vol-hybrid.img $((2048 * 512)) ext4.fs
sfdisk --json -Y gpt "$work/vol-hybrid.img" > vol-hybrid.sfdisk.json 2> /dev/null || sfdisk --json "$work/vol-hybrid.img" > vol-hybrid.sfdisk.json
identify vol-hybrid.img vol-hybrid.sfdisk.json 512 > vol-hybrid.blkid.tsv
finish vol-hybrid

# MBR with primaries, an extended partition and four logical ones, out of order.
truncate -s 24M vol-mbr.img
sfdisk -q vol-mbr.img <<'SF'
label: dos
label-id: 0xdeadbeef
start=2048, size=4096, type=83, bootable
start=6144, size=2048, type=82
start=8192, size=32768, type=f
5: start=10240, size=4096, type=83
6: start=16384, size=4096, type=8e
7: start=24576, size=4096, type=c
8: start=30720, size=2048, type=83
SF
place vol-mbr.img $((2048 * 512)) ext4.fs
place vol-mbr.img $((6144 * 512)) swap.fs
place vol-mbr.img $((10240 * 512)) ext2.fs
place vol-mbr.img $((16384 * 512)) lvm2.fs
place vol-mbr.img $((24576 * 512)) vfat.fs
sfdisk --json "$work/vol-mbr.img" > vol-mbr.sfdisk.json
identify vol-mbr.img vol-mbr.sfdisk.json 512 > vol-mbr.blkid.tsv
finish vol-mbr

# One partition for each thing that is recognised by its contents, named after it.
names=(ext4 ext2 xfs vfat fat32 swap suspend luks1 luks2 btrfs ntfs exfat squashfs erofs iso9660 f2fs reiserfs jfs
  verity lvm2 raid12 raid11 raid10 raid090 bitlocker unknown zeros)
truncate -s 64M vol-signatures.img
start=2048
{
  echo "label: gpt"
  echo "label-id: AAAAAAAA-0000-4000-8000-000000000004"
  for name in "${names[@]}"; do
    sectors=$((($(stat -c %s "$name.fs") + 511) / 512))
    echo "start=$start, size=$sectors, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=\"$name\""
    start=$(((start + sectors + 255) / 128 * 128))
  done
} > signatures.sf
sfdisk -q vol-signatures.img < signatures.sf
sfdisk --json "$work/vol-signatures.img" > vol-signatures.sfdisk.json
python3 - <<'PY' | while read -r name offset; do place vol-signatures.img "$offset" "$name.fs"; done
import json
for part in json.load(open("vol-signatures.sfdisk.json"))["partitiontable"]["partitions"]:
    print(part["name"], part["start"] * 512)
PY
identify vol-signatures.img vol-signatures.sfdisk.json 512 > vol-signatures.blkid.tsv
finish vol-signatures

# Streams as the real tools write them, of bytes that end in a hole.
{ seq 1 20000; head -c 300000 /dev/zero; } > stream.bin
gzip -9n < stream.bin > "$out/stream.gz"
xz -9 < stream.bin > "$out/stream.xz"
zstd -q -19 < stream.bin > "$out/stream.zst"
bzip2 -9 < stream.bin > "$out/stream.bz2"
sha256sum < stream.bin | cut -d' ' -f1 > "$out/stream.sha256"
ls -l "$out"
