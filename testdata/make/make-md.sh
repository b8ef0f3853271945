#!/usr/bin/env bash
# Makes the md-*.img.gz fixtures: members of RAID arrays on three disks, and md.tsv: what each array
# must read as. No kernel with md is needed: the superblocks are written by uapi/linux/raid/md_p.h,
# and mdadm must find every one of them correct.
#   ./make-md.sh [OUTPUT_FOLDER]      after make-lvm.sh, whose second disk is put on a mirror
set -euo pipefail
export LC_ALL=C TZ=UTC PATH="$PATH:/usr/sbin:/sbin"
out="$(realpath "${1:-$(dirname "$0")/../src/main/resources/images}")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

content() { # name KiB digit: a file system full of numbered sectors
  truncate -s "$2K" "$1.fs"
  rm -rf tree && mkdir -p tree
  python3 -c 'import sys; [sys.stdout.write("%-511s\n" % ("%s %06d" % (sys.argv[1], n))) for n in range(int(sys.argv[2]))]' \
    "$1" "$(($2 * 5 / 4))" > tree/numbers
  touch -d @1700000000 tree tree/numbers
  E2FSPROGS_FAKE_TIME=1700000000 mke2fs -q -t ext4 -L "$1" -O ^has_journal -N 32 -m 0 -E hash_seed=11111111-2222-4333-8444-5555555557ff \
    -U "11111111-2222-4333-8444-5555555557$3" -d tree "$1.fs"
}
content mirror 1024 01
content linear 2048 02
content striped 2304 03
content divided 1024 04
content old 512 05
gzip -dc "$out/lvm-b.img.gz" > group.fs
truncate -s 1280K divided.dev
sfdisk -q divided.dev <<'SF'
label: dos
label-id: 0xaaaa0006
start=256, size=2048, type=83
SF
dd if=divided.fs of=divided.dev bs=512 seek=256 conv=notrunc status=none

cat > md.py <<'PY'
import struct, sys, uuid
SECTOR = 512
def superblock1(array, name, level, disks, role, offset, data_offset, data_size, size, chunk=0, events=7, layout=0, feature=0):
    """mdp_superblock_1; offsets and sizes in sectors"""
    sb = bytearray(256 + 2 * 4)
    struct.pack_into("<IIII16s32sQiIQII", sb, 0, 0xA92B4EFC, 1, feature, 0, uuid.UUID(int=array).bytes,
                     ("fixture:" + name).encode(), 1700000000, level, layout, size, chunk, disks)
    struct.pack_into("<QQQQI", sb, 128, data_offset, data_size, offset, 0, role)
    sb[168:184] = uuid.UUID(int=array * 16 + role).bytes
    struct.pack_into("<QQQII", sb, 192, 1700000000, events, 0xFFFFFFFFFFFFFFFF, 0, 4)
    for place in range(4):
        struct.pack_into("<H", sb, 256 + 2 * place, place if place < disks else 0xFFFF)
    total = sum(struct.unpack("<%dI" % (len(sb) // 4), bytes(sb)))
    struct.pack_into("<I", sb, 216, ((total & 0xFFFFFFFF) + (total >> 32)) & 0xFFFFFFFF)
    return bytes(sb)
def superblock090(disks, role, kib, events=7):
    """mdp_super_t of a mirror"""
    sb = bytearray(4096)
    word = lambda at, *values: struct.pack_into("<%dI" % len(values), sb, at * 4, *values)
    word(0, 0xA92B4EFC, 0, 90, 0, 0, 0xAAAA0009, 1700000000, 1, kib, disks, disks, 9, 0, 1, 2, 3)
    word(32, 1700000000, 1, disks, disks, 0, 0, 0, events, 0)
    for place in range(disks):
        word(128 + 32 * place, place, 8, place, place, 6)
    word(992, role, 8, role, role, 6)
    total = sum(struct.unpack("<1024I", bytes(sb)))
    word(38, ((total & 0xFFFFFFFF) + (total >> 32)) & 0xFFFFFFFF)
    return bytes(sb)
def put(file, at, data):
    file.seek(at)
    file.write(data)
def legs(content, sizes, chunk, original):
    """What raid0 lays on each member: a chunk on each in turn that still has room."""
    out = [bytearray() for _ in sizes]
    number = 0
    turn = 0
    room = lambda: [i for i, size in enumerate(sizes) if len(out[i]) + chunk <= size]
    done, zone_start = 0, 0
    levels = sorted(set(sizes))
    low = 0
    for level in levels:
        in_zone = [i for i, size in enumerate(sizes) if size >= level]
        chunks = (level - low) // chunk * len(in_zone)
        for k in range(chunks):
            index = (number if original else k) % len(in_zone)
            at = low + k // len(in_zone) * chunk
            piece = content[number * chunk:(number + 1) * chunk]
            leg = out[in_zone[index]]
            leg.extend(bytes(max(0, at + chunk - len(leg))))
            leg[at:at + len(piece)] = piece
            number += 1
        low = level
    return [bytes(leg) for leg in out]
content = lambda name: open(name, "rb").read()

a, b, c = open("md-a.img", "r+b"), open("md-b.img", "r+b"), open("md-c.img", "r+b")
MiB = 1 << 20
# Partition 1 of both: a mirror, version 1.2. The second half is three events behind and differs.
for file, role, events in ((a, 0, 10), (b, 1, 7)):
    start = 1 * MiB
    put(file, start + 4096, superblock1(0x1, "mirror", 1, 2, role, 8, 64, 2048, 2048, events=events))
    data = content("mirror.fs")
    put(file, start + 64 * SECTOR, data if role == 0 else data[:-4096] + b"outdated" * 512)
# Partition 2: linear, version 1.1, the first disk holding the last part.
data = content("linear.fs")
for file, role, part in ((a, 1, data[1280 << 10:]), (b, 0, data[:1280 << 10])):
    start = 3 * MiB
    put(file, start, superblock1(0x2, "linear", -1, 2, role, 0, 64, len(part) // SECTOR, 0))
    put(file, start + 64 * SECTOR, part)
# Partition 3: stripes on members of different sizes, counted from the start of the array.
sizes = [1024 << 10, 1280 << 10]
parts = legs(content("striped.fs"), sizes, 16 << 10, original=True)
for file, role in ((a, 0), (b, 1)):
    start = 5 * MiB
    put(file, start + 4096, superblock1(0x3, "striped", 0, 2, role, 8, 64, sizes[role] // SECTOR, 0, chunk=32, layout=1, feature=4096))
    put(file, start + 64 * SECTOR, parts[role])
# Partition 4: a mirror of version 0.90, which looks like a plain file system.
for file, role in ((a, 0), (b, 1)):
    start = 7 * MiB
    put(file, start, content("old.fs"))
    put(file, start + MiB - 65536, superblock090(2, role, 512))
# Partition 5: a level that is not read.
for file, role in ((a, 0), (b, 1)):
    put(file, 8 * MiB + 4096, superblock1(0x5, "parity", 5, 3, role, 8, 64, 1984, 1984, chunk=128, layout=2))
# The whole third disk: half a mirror of version 1.0 with a partition table at its start.
put(c, 0, content("divided.dev"))
at = (2 * MiB - 8192) & -4096
put(c, at, superblock1(0x6, "divided", 1, 2, 1, at // SECTOR, 0, 2560, 2560))
# A disk whose mirror holds a physical volume.
d = open("md-d.img", "r+b")
data = content("group.fs")
put(d, 4096, superblock1(0x7, "group", 1, 2, 0, 8, 2048, len(data) // SECTOR, len(data) // SECTOR))
put(d, MiB, data)
PY
truncate -s 10M md-a.img
truncate -s 10M md-b.img
for disk in a b; do
  sfdisk -q "md-$disk.img" <<'SF'
label: gpt
label-id: AAAAAAAA-0000-4000-8000-000000000006
start=2048, size=4096, type=A19D880F-05FC-4D3B-A006-743F0F84911E, uuid=AAAAAAAA-0000-4000-8000-000000000061
start=6144, size=4096, type=A19D880F-05FC-4D3B-A006-743F0F84911E, uuid=AAAAAAAA-0000-4000-8000-000000000062
start=10240, size=4096, type=A19D880F-05FC-4D3B-A006-743F0F84911E, uuid=AAAAAAAA-0000-4000-8000-000000000063
start=14336, size=2048, type=A19D880F-05FC-4D3B-A006-743F0F84911E, uuid=AAAAAAAA-0000-4000-8000-000000000064
start=16384, size=2048, type=A19D880F-05FC-4D3B-A006-743F0F84911E, uuid=AAAAAAAA-0000-4000-8000-000000000065
SF
done
truncate -s 2M md-c.img
truncate -s 8M md-d.img
python3 md.py

check() { # image offset size
  dd if="$1" of=member.bin bs=64K iflag=skip_bytes,count_bytes skip="$2" count="$3" status=none
  mdadm --examine member.bin > examine.txt
  grep -q 'Checksum : .* - correct' examine.txt
  grep -E 'Version|Level|Device Role|this ' examine.txt | tr -s ' ' | tr '\n' ';'
  echo
}
for disk in a b; do
  for place in "1 2" "3 2" "5 2" "7 1" "8 1"; do
    read -r start size <<< "$place"
    check "md-$disk.img" $((start << 20)) $((size << 20))
  done
done
check md-c.img 0 $((2 << 20))
check md-d.img 0 $((8 << 20))
truncate -s 512K old.fs
for name in mirror linear striped old divided; do
  printf '%s\t%s\t%s\n' "$name" "$(stat -c %s "$name.fs")" "$(sha256sum < "$name.fs" | cut -d' ' -f1)"
done > "$out/md.tsv"
for disk in md-a md-b md-c md-d; do
  gzip -9n < "$disk.img" > "$out/$disk.img.gz"
done
cat "$out/md.tsv"
ls -l "$out"/md-*
