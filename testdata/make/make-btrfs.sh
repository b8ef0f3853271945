#!/bin/sh
# Makes the btrfs test images and their expected listings. Needs root (loop mounts), btrfs-progs 6
# or later, python3.
#
#     testdata/make/make-btrfs.sh [-o FOLDER] [NAME…]     all images, or those named
#
# All are filled and listed by the kernel; the listings come from a read-only mount of the finished
# image. The free ranges are those of the free space tree, which the kernel keeps.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=$here/../src/main/resources/images
if [ "${1:-}" = -o ]; then
  out=$2
  shift 2
fi
work=$(mktemp -d)
mnt=$work/mnt
mkdir -p "$mnt" "$out"
trap 'umount -q "$mnt" 2>/dev/null || true; rm -rf "$work"' EXIT
only=" $* "

wanted() {
  [ "$only" = "  " ] || case $only in *" $1 "*) ;; *) return 1 ;; esac
}

list_and_pack() {
  mount -o loop,ro,subvolid=5 "$work/$1.img" "$mnt"
  python3 "$here/list-tree.py" --xattrs "$mnt" | gzip -9n >"$out/$1.listing.jsonl.gz"
  umount "$mnt"
  if [ "$1" = btrfs-default ]; then
    btrfs inspect-internal dump-tree -t 10 "$work/$1.img" |
      sed -n 's/.*key (\([0-9]*\) FREE_SPACE_EXTENT \([0-9]*\)).*/\1 \2/p' >"$out/$1.free.txt"
  fi
  gzip -9nc "$work/$1.img" >"$out/$1.img.gz"
  rm -f "$work/$1.img"
}

# make NAME SIZE "MKFS OPTIONS" "MOUNT OPTIONS" PART…
make() {
  name=$1 size=$2 options=$3 mounted=$4
  shift 4
  wanted "$name" || return 0
  truncate -s "$size" "$work/$name.img"
  # shellcheck disable=SC2086 # the options are words
  mkfs.btrfs -q $options "$work/$name.img" >/dev/null
  # One transaction, if it can be: each one leaves a copy of the nodes it changed.
  mount -o "loop,nodiscard,commit=300$mounted" "$work/$name.img" "$mnt"
  python3 "$here/populate-btrfs.py" "$mnt" "$@"
  if [ "$name" = btrfs-subvolumes ]; then
    btrfs subvolume set-default "$mnt/read-only"
  fi
  umount "$mnt"
  list_and_pack "$name"
}

# The first of two mirrored devices.
make_half() {
  wanted "$1" || return 0
  truncate -s 126M "$work/$1.img" "$work/other.img"
  first=$(losetup -f --show "$work/$1.img")
  second=$(losetup -f --show "$work/other.img")
  mkfs.btrfs -q -m raid1 -d raid1 "$first" "$second" >/dev/null
  mount -o nodiscard,commit=300 "$first" "$mnt"
  python3 "$here/populate-btrfs.py" "$mnt" shapes
  umount "$mnt"
  losetup -d "$first" "$second"
  rm -f "$work/other.img"
  mount -o loop,ro,degraded "$work/$1.img" "$mnt"
  python3 "$here/list-tree.py" --xattrs "$mnt" | gzip -9n >"$out/$1.listing.jsonl.gz"
  umount "$mnt"
  gzip -9nc "$work/$1.img" >"$out/$1.img.gz"
}

make btrfs-default 112M "-L vol-default" "" shapes extents collisions
make btrfs-n4k 32M "--mixed -n 4096 -O ^no-holes" "" shapes extents many
make btrfs-n64k 112M "-n 65536 --csum xxhash -m single" "" shapes
make btrfs-sha256 24M "--mixed -n 4096 --csum sha256" "" shapes
make btrfs-blake2 24M "--mixed -n 4096 --csum blake2" "" shapes
make btrfs-subvolumes 112M "-L vol-fedora -m single" "" subvolumes
make btrfs-zlib 24M "--mixed -n 4096" ",compress-force=zlib" text
make btrfs-lzo 24M "--mixed -n 4096" ",compress-force=lzo" text
make btrfs-zstd 24M "--mixed -n 4096" ",compress-force=zstd" text
make_half btrfs-raid1
