#!/bin/bash
# Makes the squashfs, EROFS and FAT test images and their expected listings.
#
#   make-more.sh [OUTPUT]          default: ../src/main/resources/images beside this script
#
# Needs root (device nodes, loop mounts), squashfs-tools 4.5, erofs-utils 1.8 (MKFS_EROFS names
# another mkfs.erofs), dosfstools, mtools, python3. The listings of squashfs and EROFS come from a
# read-only mount. FAT is filled by mtools and listed from the files that went in.
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC
umask 022

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../src/main/resources/images}
mkfs_erofs=${MKFS_EROFS:-mkfs.erofs}
work=$(mktemp -d)
mnt=$work/mnt
tree=$work/tree
mkdir -p "$mnt" "$out" "$tree"
trap 'mountpoint -q "$mnt" && umount "$mnt"; rm -rf "$work"' EXIT

pack() { gzip -9nc "$work/$1.img" >"$out/$1.img.gz"; }

list() {
  mount -o loop,ro "$work/$1.img" "$mnt"
  python3 "$here/list-tree.py" --xattrs "$mnt" | gzip -9n >"$out/$1.listing.jsonl.gz"
  umount "$mnt"
  pack "$1"
}

python3 "$here/populate-more.py" "$tree"

squashfs() {
  local name=$1
  shift
  mksquashfs "$tree" "$work/$name.img" -noappend -quiet -no-progress -xattrs -mkfs-time 1700000000 \
    "$@" >/dev/null
  list "$name"
}
squashfs squashfs-gzip
squashfs squashfs-lzo -comp lzo
squashfs squashfs-lz4 -comp lz4 -b 4096
squashfs squashfs-xz -comp xz -Xbcj x86 -b 1M
squashfs squashfs-zstd -comp zstd -always-use-fragments
squashfs squashfs-stored -noI -noD -noF -noX -noId -no-fragments

erofs() {
  local name=$1
  shift
  "$mkfs_erofs" -T1700000000 --mkfs-time -U 5a17c0de-0000-4000-8000-0000000e7000 "$@" \
    "$work/$name.img" "$tree" >/dev/null 2>&1
  list "$name"
}
erofs erofs-plain
erofs erofs-lz4 -zlz4hc -Eztailpacking -L amivet
erofs erofs-lz4-big -zlz4hc -C65536 -b1024
erofs erofs-legacy -zlz4 -Elegacy-compress -C16384
erofs erofs-lzma -zlzma -C65536 -Efragments,dedupe
erofs erofs-deflate -zdeflate -Eall-fragments,ztailpacking
erofs erofs-zstd -zzstd -C32768 -Efragments,dedupe,ztailpacking --xattr-prefix=user.sh
erofs erofs-chunks --chunksize=4096 -x1

# FAT, filled by mtools: what goes in is the oracle.
fat_tree=$work/fat-tree
python3 "$here/populate-fat.py" fill "$fat_tree"
fat() {
  local name=$1 size=$2
  shift 2
  rm -f "$work/$name.img"
  truncate -s "$size" "$work/$name.img"
  mkfs.vfat -n AMIVET -i 5a17c0de "$@" "$work/$name.img" >/dev/null
  (cd "$fat_tree" && mcopy -s -m -i "$work/$name.img" ./* ::/)
  # Holes between the clusters of others, so that the next file is in pieces; and a deleted file.
  mmd -i "$work/$name.img" ::/pieces
  for i in 1 2 3 4 5 6 7 8; do
    mcopy -m -i "$work/$name.img" "$fat_tree/text/4096.txt" "::/pieces/fill-$i"
  done
  mdel -i "$work/$name.img" ::/pieces/fill-1 ::/pieces/fill-3 ::/pieces/fill-5
  mcopy -m -i "$work/$name.img" "$fat_tree/text/big.txt" ::/pieces/scattered
  mattrib -i "$work/$name.img" +r +h ::/SHORT.TXT
  python3 "$here/populate-fat.py" list "$fat_tree" | gzip -9n >"$out/$name.listing.jsonl.gz"
  pack "$name"
}
fat fat-12 1440K
fat fat-16 4M -F 16 -s 1
fat fat-32 36M -F 32 -s 1

# File systems that are files of one another, three deep, beside one that is damaged.
nested=$work/nested
mkdir -p "$nested"/{third,second,first/packages,outer/live}
printf 'third\n' >"$nested/third/third.txt"
printf 'second\n' >"$nested/second/second.txt"
printf 'first\n' >"$nested/first/first.txt"
stamp=(-quiet -no-progress -noappend -all-root -mkfs-time 1700000000 -all-time 1700000000)
mksquashfs "$nested/third" "$nested/second/third.bin" "${stamp[@]}" >/dev/null
"$mkfs_erofs" -T1700000000 "$nested/first/packages/second.img" "$nested/second" >/dev/null 2>&1
mksquashfs "$nested/first" "$nested/outer/live/first.bin" "${stamp[@]}" >/dev/null
ln "$nested/outer/live/first.bin" "$nested/outer/live/same-file"
{ head -c 28 "$nested/outer/live/first.bin"; head -c 4068 /dev/zero; } >"$nested/outer/damaged.bin"
mksquashfs "$nested/outer" "$work/squashfs-nested.img" "${stamp[@]}" >/dev/null
pack squashfs-nested
