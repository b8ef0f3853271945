#!/bin/bash
# Makes the ext2/ext3/ext4 test images and their expected listings.
#
#   make-ext.sh [OUTPUT]          default: ../src/main/resources/images beside this script
#
# Needs e2fsprogs 1.47 and python3. The images are made without root by "mke2fs -d" and debugfs; the
# listings come from a read-only loop mount (root), so that the kernel is the oracle, and where this
# kernel cannot mount an image from debugfs ("list-ext-debugfs.py"). Two images ("unwritten",
# "xattr") are also filled through a mount, since no tool makes their shapes.
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../src/main/resources/images}
work=$(mktemp -d)
mnt=$work/mnt
mkdir -p "$mnt" "$out"
trap 'mountpoint -q "$mnt" && umount "$mnt"; rm -rf "$work"' EXIT

# Fixed identifiers make the images as repeatable as mke2fs allows.
uuid=5a17c0de-0000-4000-8000-0000000e7000
hash_seed=5a17c0de-0000-4000-8000-0000000e7001
export E2FSPROGS_FAKE_TIME=1700000000

# Repeatable bytes that compress well: numbered lines.
lines() { seq -f "$1 line %06.0f" 1 "$2"; }

# The tree that most images hold.
make_tree() {
  local t=$1
  mkdir -p "$t"/{etc/ssh,home/user,empty,deep/a/b/c/d/e/f/g}
  lines passwd 40 >"$t/etc/passwd"
  printf 'x' >"$t/etc/one-byte"
  : >"$t/etc/empty"
  lines large 20000 >"$t/home/user/large.txt"
  head -c 4096 <(lines block 300) >"$t/home/user/exactly-4096"
  head -c 60 <(lines inline 5) >"$t/home/user/sixty"
  head -c 120 <(lines inline 9) >"$t/home/user/hundred-twenty"
  ln "$t/etc/passwd" "$t/home/user/hard-link"
  ln -s ../../etc/passwd "$t/home/user/relative"
  ln -s "$(printf 'a%.0s' {1..59})" "$t/home/user/link-59"
  ln -s "$(printf 'b%.0s' {1..60})" "$t/home/user/link-60"
  ln -s "$(printf 'c%.0s' {1..900})" "$t/home/user/link-900"
  printf 'odd\n' >"$t/home/user/$(printf 'not-utf8-\377\376')"
  printf 'odd\n' >"$t/home/user/$(printf 'new\nline')"
  printf 'odd\n' >"$t/home/user/ü-日本"
  printf 'long\n' >"$t/home/user/$(printf 'n%.0s' {1..255})"
  printf 'deep\n' >"$t/deep/a/b/c/d/e/f/g/h"
  mkfifo "$t/home/user/fifo"
  # Tail hole, hole in the middle, hole at the start, and nothing but a hole.
  printf 'data' >"$t/home/user/tail-hole" && truncate -s 300001 "$t/home/user/tail-hole"
  printf 'data' | dd of="$t/home/user/middle-hole" bs=1 seek=200000 status=none
  printf 'start' | dd of="$t/home/user/middle-hole" bs=1 conv=notrunc status=none
  truncate -s 5000000 "$t/home/user/all-hole"
  chmod 04755 "$t/etc/one-byte"
  chmod 01777 "$t/empty"
  find "$t" -exec touch -h -d '2024-02-29 12:34:56.123456789' {} +
  touch -d '1969-12-31 23:59:58.5' "$t/etc/empty"
  touch -d '2100-01-01 00:00:00.000000001' "$t/etc/passwd"
}

# Devices, owners and times that "mke2fs -d" cannot take from an unprivileged tree.
add_specials() {
  debugfs -w -f - "$1" >/dev/null 2>&1 <<'COMMANDS'
cd /home/user
mknod null c 1 3
mknod big-minor b 259 65535
mknod big-major c 4095 7
sif /home/user/large.txt uid 70000
sif /home/user/large.txt gid 3000000000
sif /etc/ssh mode 042750
COMMANDS
}

# mk NAME SIZE TREE MKE2FS-OPTIONS...
mk() {
  local name=$1 size=$2 tree=$3
  shift 3
  truncate -s "$size" "$work/$name.img"
  mke2fs -q -F -U "$uuid" -E "hash_seed=$hash_seed,root_owner=0:0${EXTRA:+,$EXTRA}" -L "$name" \
    ${tree:+-d "$tree"} "$@" "$work/$name.img"
}

mounted() { mount -o "loop,$1" "$work/$2.img" "$mnt"; }

list_mounted() {
  mounted "${2:-ro,noload}" "$1"
  "$here/list-tree.py" --xattrs "$mnt" >"$work/$1.listing.jsonl"
  umount "$mnt"
}

# The free blocks by an oracle of their own, "first-last" a line.
list_free() {
  dumpe2fs "$work/$1.img" 2>/dev/null | sed -n 's/^  Free blocks: //p' | tr -d ' ' | tr ',' '\n' \
    | sed '/^$/d' >"$out/$1.free.txt"
}

pack() {
  list_free "$1"
  gzip -9n <"$work/$1.img" >"$out/$1.img.gz"
  gzip -9n <"$work/$1.listing.jsonl" >"$out/$1.listing.jsonl.gz"
  rm "$work/$1.img"
}

tree=$work/tree
make_tree "$tree"

# What Debian 12's mke2fs makes by default, and what later ones do.
mk ext-default 24M "$tree" -t ext4 -b 4096
add_specials "$work/ext-default.img"
list_mounted ext-default
pack ext-default

mk ext-new 12M "$tree" -t ext4 -b 1024 -O metadata_csum_seed,orphan_file
# A seed that no longer follows from the uuid is what the feature is for.
tune2fs -f -U 5a17c0de-0000-4000-8000-0000000e70ff "$work/ext-new.img" >/dev/null
list_mounted ext-new
pack ext-new

mk ext-ext3 12M "$tree" -t ext3 -b 1024 -I 128
add_specials "$work/ext-ext3.img"
list_mounted ext-ext3
pack ext-ext3

mk ext-not64bit 12M "$tree" -t ext4 -b 2048 -I 1024 -O ^64bit,^metadata_csum,uninit_bg,^filetype
list_mounted ext-not64bit
pack ext-not64bit

# Many small groups: descriptors in each meta group, superblocks in the two groups of sparse_super2.
mk ext-metabg 40M "$tree" -t ext4 -b 1024 -g 1024 -N 2048 -O meta_bg,^resize_inode,^flex_bg
list_mounted ext-metabg
pack ext-metabg
EXTRA=num_backup_sb=2 mk ext-sparse2 12M "$tree" -t ext4 -b 1024 -g 2048 \
  -O sparse_super2,^resize_inode,mmp
list_mounted ext-sparse2
pack ext-sparse2

mk ext-bigalloc 24M "$tree" -t ext4 -b 4096 -C 16384 -O bigalloc
list_mounted ext-bigalloc
pack ext-bigalloc

# Small files and directories inside their inodes.
inline=$work/inline
make_tree "$inline"
mkdir "$inline/three" "$inline/six" "$inline/many"
touch "$inline"/three/{a,b,c} "$inline"/six/name-of-a-file-{1,2,3,4,5,6} \
  "$inline"/many/name-of-a-file-{1..40}
find "$inline"/{three,six,many} -exec touch -d '2024-02-29 12:34:56' {} +
mk ext-inline 12M "$inline" -t ext4 -b 4096 -I 512 -O inline_data
list_mounted ext-inline
pack ext-inline

# One, two and three levels of indirect blocks, with holes at every level.
blockmap=$work/blockmap
mkdir "$blockmap"
head -c 150000 <(lines single 9000) >"$blockmap/single"
head -c 600000 <(lines double 30000) >"$blockmap/double"
for at in 0 11 12 13 267 268 269 300 523 524 5000 65803 65804 65805 66100 140000 200000; do
  printf 'block %d' "$at" | dd of="$blockmap/triple" bs=1024 seek="$at" conv=notrunc status=none
done
truncate -s 300M "$blockmap/triple"
printf 'x' >"$blockmap/tail" && truncate -s 70M "$blockmap/tail"
find "$blockmap" -exec touch -d '2024-02-29 12:34:56' {} +
mk ext-ext2 8M "$blockmap" -t ext2 -b 1024 -I 128
list_mounted ext-ext2 ro
pack ext-ext2

# A hash tree with inner blocks, and the same without checksums.
names=$work/names
mkdir -p "$names/dir"
(cd "$names/dir" && seq -f 'a-rather-long-name-of-a-file-in-a-large-directory-%05.0f' 1 2400 | xargs touch)
find "$names" -exec touch -d '2024-02-29 12:34:56' {} +
mk ext-htree 8M "" -t ext4 -b 1024 -N 2600 -O large_dir,dir_index
mounted rw ext-htree
mkdir "$mnt/dir"
(cd "$mnt/dir" && seq -f 'a-rather-long-name-of-a-file-in-a-large-directory-%05.0f' 1 2400 | xargs touch)
(cd "$mnt/dir" && rm ./*7)
umount "$mnt"
list_mounted ext-htree
pack ext-htree

# Unwritten extents over stale bytes, a fragmented file with a deep tree, an emptied directory.
mk ext-unwritten 24M "" -t ext4 -b 1024
mounted rw ext-unwritten
yes STALE | head -c 4000000 >"$mnt/stale" || true
sync
rm "$mnt/stale"
sync
fallocate -l 1500000 "$mnt/preallocated"
fallocate -l 300000 "$mnt/partly"
printf 'written in the middle' | dd of="$mnt/partly" bs=1 seek=150000 conv=notrunc status=none
touch "$mnt/beyond-the-end"
fallocate -n -l 400000 "$mnt/beyond-the-end"
printf 'short' | dd of="$mnt/beyond-the-end" bs=1 conv=notrunc status=none
# A leaf of the tree holds 84 extents and the inode four nodes, so this takes two levels.
for i in $(seq 0 2 1600); do
  printf 'piece %d' "$i" | dd of="$mnt/fragmented" bs=1024 seek="$i" conv=notrunc status=none
done
mkdir "$mnt/emptied"
touch "$mnt"/emptied/file-{1..100}
rm "$mnt"/emptied/*
umount "$mnt"
list_mounted ext-unwritten
pack ext-unwritten

# Attributes in the inode, in a block and in inodes of their own; links that own no other block.
mk ext-xattr 12M "" -t ext4 -b 4096 -O ea_inode
mounted rw ext-xattr
printf 'file' >"$mnt/small"
setfattr -n user.comment -v 'in the inode' "$mnt/small"
printf 'file' >"$mnt/block"
setfattr -n user.block -v "$(lines block 100)" "$mnt/block"
setfattr -n trusted.overlay.opaque -v y "$mnt/block"
printf 'file' >"$mnt/huge"
setfattr -n user.huge -v "$(lines huge 900)" "$mnt/huge"
setfattr -n user.empty "$mnt/huge"
ln -s target "$mnt/link"
setfattr -h -n trusted.link -v "$(lines link 80)" "$mnt/link"
ln -s "$(printf 'd%.0s' {1..200})" "$mnt/slow-link"
mkdir "$mnt/dir"
setfattr -n security.selinux -v system_u:object_r:etc_t:s0 "$mnt/dir"
umount "$mnt"
list_mounted ext-xattr
pack ext-xattr

# The same shape of link without ea_inode, where only i_blocks tells.
mk ext-linkattr 8M "" -t ext4 -b 1024 -I 128 -O ^metadata_csum
mounted rw ext-linkattr
ln -s target "$mnt/link"
setfattr -h -n trusted.link -v 'in a block' "$mnt/link"
ln -s "$(printf 'e%.0s' {1..61})" "$mnt/slow-link"
umount "$mnt"
list_mounted ext-linkattr
pack ext-linkattr

# A journal with changes that were never written back.
mk ext-dirty 12M "$tree" -t ext4 -b 1024
mounted rw ext-dirty
printf 'only in the journal\n' >"$mnt/etc/new"
sync
xfs_io -x -c 'shutdown -f' "$mnt"
umount "$mnt"
list_mounted ext-dirty
pack ext-dirty

# Flags without use: the listing comes from a copy that a kernel without casefold mounts.
mk ext-casefold 8M "$tree" -t ext4 -b 4096 -O casefold,verity,^has_journal
cp "$work/ext-casefold.img" "$work/copy.img"
debugfs -w -R 'feature -casefold -verity' "$work/copy.img" >/dev/null 2>&1
list_mounted copy
mv "$work/copy.listing.jsonl" "$work/ext-casefold.listing.jsonl"
pack ext-casefold

# Blocks larger than a page: kernels before 6.19 cannot mount them, debugfs tells what they hold.
plain=$work/plain
make_tree "$plain"
find "$plain" -name 'not-utf8*' -delete -o -name 'new*line' -delete
mkdir "$plain/many"
(cd "$plain/many" && seq -f 'a-rather-long-name-of-a-file-in-a-large-directory-%05.0f' 1 1000 | xargs touch -d 2024-01-01)
find "$plain" -type d -exec touch -d '2024-02-29 12:34:56' {} +
mk ext-64k 24M "$plain" -t ext4 -b 65536 -O ^has_journal -N 1400
"$here/list-ext-debugfs.py" "$work/ext-64k.img" >"$work/ext-64k.listing.jsonl"
pack ext-64k

ls -l "$out"/ext-*
