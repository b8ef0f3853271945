#!/usr/bin/env bash
# Compares amivet with the kernel on whole disks, partitioned as the images of distributions are, and
# in each format that disks travel in.
#
#   layouts.sh [NAME…]      all disks, or those named; needs root (loop mounts), fdisk, e2fsprogs,
#                           xfsprogs, btrfs-progs, erofs-utils, dosfstools, mtools, lvm2,
#                           qemu-utils, zstd
#
# Each volume is filled and listed by the kernel and then copied to its place on the disk, so that
# neither a device mapper nor partition devices are needed. `amivet ls -R -l --json --sha256` must list
# every volume as the kernel did and no other; the same listing and the same findings must come from
# the disk as qcow2, VMDK (streamOptimized) or zstd through standard input, as told below; and the findings of
# the root volume, which holds the same tree on every disk, must be the same on all of them.
#
# AMIVET is the command to test (default: the launcher of this tree), KEEP a folder to keep disks in.
set -euo pipefail
. "$(dirname "$0")/scratch.sh"
scratch 3
only=" $* "
passed=0
failed=()
disk="$work/disk"
bios=21686148-6449-6E6F-744E-656564454649
esp=C12A7328-F81F-11D2-BA4B-00A0C93EC93B
lvm=E6D6D379-F507-44C2-A23C-238F2A3DF928

wanted() { [ "$only" = "  " ] || [[ "$only" == *" $1 "* ]]; }

format() { # FSTYPE IMAGE FOLDER [mkfs options…]
  local type="$1" image="$2" folder="$3"
  shift 3
  case "$type" in
    xfs) mkfs.xfs --unsupported -q -K "$@" "$image" ;;
    ext*) mke2fs -q -F -t "$type" "$@" "$image" ;;
    btrfs) mkfs.btrfs -q "$@" "$image" ;;
    vfat) mkfs.vfat "$@" "$image" ;;
    erofs) mkfs.erofs --quiet "$@" "$image" "$folder" ;;
  esac
}

# volume NAME SIZE FSTYPE FOLDER [mkfs options…]    makes $work/NAME.volume and its listing
volume() {
  local image size="$2" type="$3" folder="$4" listing="$work/expected/${1//\//%}"
  local options=ro
  image="$work/${1//\//%}.volume"
  shift 4
  truncate -s "$size" "$image"
  format "$type" "$image" "$folder" "$@" >"$work/mkfs.log" 2>&1 || { cat "$work/mkfs.log"; exit 1; }
  truncate -s "$size" "$image"
  if [ "$type" = vfat ]; then
    # Not every kernel mounts FAT: its files are put in by mtools, and listed where they came from.
    mcopy -s -m -Q -i "$image" "$folder"/* ::/
    python3 "$make/list-tree.py" "$folder" >"$listing.$type"
    return
  fi
  if [ "$type" != erofs ]; then
    mount -o loop "$image" "$mnt"
    if [ "$type" = btrfs ]; then
      fill_subvolumes "$folder"
    else
      cp -a "$folder/." "$mnt/"
    fi
    umount "$mnt"
  fi
  [ "$type" != xfs ] || options=$options,norecovery
  mount -t "$type" -o "loop,$options" "$image" "$mnt"
  python3 "$make/list-tree.py" "$mnt" >"$listing.$type"
  umount "$mnt"
}

fill_subvolumes() { # FOLDER
  local name
  for name in root home var; do
    btrfs -q subvolume create "$mnt/$name"
  done
  cp -a "$1/." "$mnt/root/"
  mv "$mnt"/root/home/* "$mnt/home/"
  # Without findings, which would be counted twice.
  cp -a "$1/srv" "$mnt/var/"
  mkdir "$mnt/root/snapshots"
  btrfs -q subvolume snapshot -r "$mnt/var" "$mnt/root/snapshots/var"
}

# Partitions the disk, and puts the volumes named after its partitions into them.
partition() { # SIZE SECTOR_BYTES <sfdisk script
  local loop number start image
  rm -f "$disk"
  truncate -s "$1" "$disk"
  loop="$(losetup --find --show --sector-size "$2" "$disk")"
  sfdisk -q --no-reread --no-tell-kernel "$loop"
  sfdisk --json "$loop" >"$work/table"
  losetup --detach "$loop"
  python3 - "$work/table" "$2" <<'PY' >"$work/places"
import json, re, sys
for part in json.load(open(sys.argv[1]))["partitiontable"]["partitions"]:
    print(re.search(r"p(\d+)$", part["node"]).group(1), part["start"] * int(sys.argv[2]))
PY
  while read -r number start; do
    image="$work/p$number.volume"
    [ ! -e "$image" ] || place "$image" "$start"
  done <"$work/places"
}

place() { # IMAGE OFFSET_BYTES
  dd if="$1" of="$disk" bs=1M seek="$2" oflag=seek_bytes conv=notrunc,sparse status=none
  rm "$1"
}

findings() { # JSON REPORT, FIELDS of each finding, sorted
  python3 -c '
import json, sys
report = json.load(open(sys.argv[1]))
fields = sys.argv[2].split(",")
for line in sorted(json.dumps([f.get(k) for k in fields]) for f in report["findings"]):
    print(line)' "$1" "$2"
}

scan() { # REPORT TARGET
  local status=0
  # shellcheck disable=SC2086 # the command may be several words
  $amivet scan --quiet --depth full -o json "$2" >"$1" || status=$?
  [ "$status" -le 1 ] || [ "$status" -eq 4 ]
}

as_qcow2() { qemu-img convert -O qcow2 -c "$disk" "$work/other"; }
as_vmdk() { qemu-img convert -O vmdk -o subformat=streamOptimized "$disk" "$work/other"; }
as_zstd() { zstd -q -f -1 "$disk" -o "$work/other"; }

same() { # FORMAT
  local target="$work/other" input=/dev/null
  local all=rule,severity,volume,path,pathBase64,origin,member,line,evidence,inode,mode,mtime,imageOffset
  if [ "$1" = zstd ]; then
    target=- input="$work/other"
  fi
  # shellcheck disable=SC2086 # the command may be several words
  $amivet ls -R -l --json --sha256 "$target" <"$input" >"$work/listed-again" &&
    scan "$work/report-again" "$target" <"$input" &&
    diff "$work/listed" "$work/listed-again" | head -5 &&
    diff <(findings "$work/report" "$all") <(findings "$work/report-again" "$all") | head -5 ||
    { echo "  $1 differs from raw"; return 1; }
}

compare() { # NAME FORMAT…
  local name="$1" good=1 format
  echo "$name"
  scan "$work/report" "$disk" || good=0
  # shellcheck disable=SC2086 # the command may be several words
  $amivet ls -R -l --json --sha256 "$disk" >"$work/listed" || good=0
  python3 "$here/compare-volumes.py" "$work/expected" "$work/report" "$work/listed" || good=0
  findings "$work/report" rule,severity,origin,line,evidence >"$work/findings"
  [ -e "$work/findings-first" ] || cp "$work/findings" "$work/findings-first"
  echo "  $(wc -l <"$work/findings") findings"
  [ -s "$work/findings" ] && diff "$work/findings-first" "$work/findings" | head -5 || good=0
  shift
  for format in "$@"; do
    "as_$format" && same "$format" || good=0
  done
  [ -z "${KEEP:-}" ] || cp --sparse=always "$disk" "$KEEP/$name.img"
  rm -f "$work/other" "$disk"
  if [ "$good" -eq 1 ]; then passed=$((passed + 1)); else failed+=("$name"); fi
}

begin() {
  rm -rf "$work/expected" "$work"/*.volume
  mkdir "$work/expected"
}

make_trees() {
  python3 "$here/fill-root.py" "$work/tree" "$work/boot" "$work/efi"
}

al2023() {
  volume p1 140M xfs "$work/tree" -n size=16384 -s size=4096 -d agcount=2,sunit=128,swidth=128 -i size=512
  volume p128 10M vfat "$work/efi"
  partition 160M 512 <<SF
label: gpt
/dev/disk1 : start=24576, size=286720, type=L, name="Linux"
/dev/disk127 : start=22528, size=2048, type=$bios
/dev/disk128 : start=2048, size=20480, type=$esp
SF
}

ubuntu() {
  volume p1 120M ext4 "$work/tree" -O metadata_csum_seed,orphan_file
  volume p15 34M vfat "$work/efi" -F 32
  volume p16 60M ext4 "$work/boot"
  partition 230M 512 <<SF
label: gpt
/dev/disk1 : start=204800, size=245760, type=L
/dev/disk14 : start=2048, size=8192, type=$bios
/dev/disk15 : start=10240, size=69632, type=$esp
/dev/disk16 : start=79872, size=122880, type=BC13C2FF-59E6-4262-A352-B275FD6F7172
SF
}

rhel() { # SECTOR_BYTES
  local unit=$((${1:-512} / 512))
  # FAT32 wants more clusters than a small partition of large sectors has.
  volume p2 34M vfat "$work/efi" -S "${1:-512}"
  volume p3 64M xfs "$work/boot" -s size="${1:-512}"
  volume p4 120M xfs "$work/tree" -s size="${1:-512}"
  partition 240M "${1:-512}" <<SF
label: gpt
/dev/disk1 : start=$((2048 / unit)), size=$((2048 / unit)), type=$bios
/dev/disk2 : start=$((4096 / unit)), size=$((69632 / unit)), type=$esp
/dev/disk3 : start=$((73728 / unit)), size=$((131072 / unit)), type=L
/dev/disk4 : start=$((204800 / unit)), size=$((245760 / unit)), type=L
SF
}

bottlerocket() {
  volume p2 6M vfat "$work/efi"
  volume p3 40M ext4 "$work/boot" -b 1024
  volume p4 60M erofs "$work/tree" -zlz4hc
  volume p12 30M ext4 "$work/boot" -L BR-PRIVATE
  volume p13 64M xfs "$work/boot" -L BR-DATA
  partition 220M 512 <<SF
label: gpt
/dev/disk1 : start=2048, size=2048, type=$bios
/dev/disk2 : start=4096, size=12288, type=$esp, name="EFI-A"
/dev/disk3 : start=16384, size=81920, type=6B636168-7420-6568-2070-6C616E657421, name="BOOT-A"
/dev/disk4 : start=98304, size=122880, type=5526016A-1A97-4EA4-B39A-B7C8C6CA4502, name="ROOT-A"
/dev/disk5 : start=221184, size=4096, type=598F10AF-C955-4456-6A99-7720068A6CEA, name="HASH-A"
/dev/disk12 : start=225280, size=61440, type=440408BB-EB0B-4328-A6E5-A29038FAD706, name="PRIVATE"
/dev/disk13 : start=286720, size=131072, type=626F7474-6C65-6474-6861-726D61726B73, name="DATA"
SF
}

fedora() {
  volume p2 34M vfat "$work/efi"
  volume p3 60M ext4 "$work/boot"
  volume p4 300M btrfs "$work/tree"
  partition 410M 512 <<SF
label: gpt
/dev/disk1 : start=2048, size=2048, type=$bios
/dev/disk2 : start=4096, size=69632, type=$esp
/dev/disk3 : start=73728, size=122880, type=L
/dev/disk4 : start=196608, size=614400, type=L
SF
}

mbr() {
  volume p1 40M ext2 "$work/boot"
  volume p5 120M ext3 "$work/tree"
  partition 170M 512 <<SF
label: dos
/dev/disk1 : start=2048, size=81920, type=83, bootable
/dev/disk2 : start=83968, size=261120, type=5
/dev/disk5 : start=86016, size=245760, type=83
SF
}

# One physical volume: the root on XFS, and a home on ext4 in two pieces with another volume between.
rocky_lvm() {
  volume p1 34M vfat "$work/efi"
  volume p2 64M xfs "$work/boot"
  volume vg-sys/root 120M xfs "$work/tree"
  volume vg-sys/home 48M ext4 "$work/boot"
  partition 310M 512 <<SF
label: gpt
/dev/disk1 : start=2048, size=69632, type=$esp
/dev/disk2 : start=71680, size=131072, type=L
/dev/disk3 : start=202752, size=417792, type=$lvm
SF
  place_logical_volumes $((202752 * 512)) $((417792 * 512))
}

place_logical_volumes() { # OFFSET_BYTES SIZE_BYTES of the physical volume
  local loop name from extents pieces piece extent_bytes=$((4 << 20)) pe_start
  loop="$(losetup --find --show --offset "$1" --sizelimit "$2" "$disk")"
  run_lvm() {
    DM_DISABLE_UDEV=1 "$1" --driverloaded n --config "devices{use_devicesfile=0 filter=[\"a|^$loop\$|\",\"r|.*|\"]} \
backup{backup=0 archive=0} activation{monitoring=0} global{use_lvmpolld=0}" "${@:2}" 2>>"$work/lvm.log"
  }
  run_lvm pvcreate -qq -ff -y "$loop"
  run_lvm vgcreate -qq vg-sys "$loop"
  run_lvm lvcreate -qq -an -Zn -Wn -y -l 8 -n home vg-sys
  run_lvm lvcreate -qq -an -Zn -Wn -y -l 30 -n root vg-sys
  run_lvm lvextend -qq -y -l +4 vg-sys/home >/dev/null
  pe_start="$(run_lvm pvs --noheadings --nosuffix --units b -o pe_start "$loop")"
  run_lvm lvs --noheadings --segments --separator ' ' --nosuffix --units b \
    -o lv_name,seg_start,seg_size,seg_pe_ranges vg-sys >"$work/segments"
  losetup --detach "$loop"
  while read -r name from extents pieces; do
    piece="${pieces##*:}"
    dd if="$work/vg-sys%$name.volume" of="$disk" bs=1M conv=notrunc,sparse status=none \
      iflag=skip_bytes,count_bytes oflag=seek_bytes skip="$from" count="$extents" \
      seek=$(($1 + pe_start + ${piece%-*} * extent_bytes))
  done <"$work/segments"
}

make_trees
while read -r layout formats <&3; do
  wanted "$layout" || continue
  begin
  if [ "$layout" = rhel_4096 ]; then rhel 4096; else "$layout"; fi
  # shellcheck disable=SC2086 # the formats are words
  compare "$layout" $formats
done 3<<'LAYOUTS'
al2023 qcow2 vmdk zstd
ubuntu qcow2
rhel vmdk
rhel_4096 zstd
bottlerocket qcow2
fedora vmdk
mbr zstd
rocky_lvm qcow2 vmdk
LAYOUTS
echo "$passed passed, ${#failed[@]} failed: ${failed[*]:-}"
[ "${#failed[@]}" -eq 0 ]
