#!/usr/bin/env bash
# Compares amivet with the kernel over the features, geometries and shapes of XFS.
#
#   xfs-matrix.sh [NAME…]      all images, or those named; needs root, xfsprogs, acl, attr, python3
#
# Version 5: made and filled through the kernel, unmounted, listed from a read-only mount without
# recovery, and required to equal `amivet ls -R -l --json --sha256` entry for entry. Version 4, which
# kernels of today no longer mount: filled by mkfs.xfs from a prototype file, compared with the files
# that went in and with what xfs_db prints of each inode.
#
# AMIVET is the command to test (default: the launcher of this tree), KEEP a folder to keep images in.
set -euo pipefail
. "$(dirname "$0")/scratch.sh"
scratch 3
shares "$@"
only=" $* "
passed=0
failed=0

wanted() {
  mine || return
  [ "$only" = "  " ] || case "$only" in *" $1 "*) ;; *) return 1 ;; esac
}

compare() { # NAME
  local name="$1"
  echo "$name"
  # shellcheck disable=SC2086 # the command may be several words
  if $amivet ls -R -l --json --sha256 "$work/img" >"$work/actual" &&
    python3 "$here/compare-listings.py" "$work/expected" "$work/actual"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
  if [ -n "${KEEP:-}" ]; then
    mv "$work/img" "$KEEP/$name.img"
    gzip -1c "$work/expected" >"$KEEP/$name.listing.jsonl.gz"
  fi
  rm -f "$work/img"
}

# v5 NAME SIZE "MKFS OPTIONS" PART… fills with the functions of populate-xfs.py
v5() {
  local name="$1" size="$2" options="$3"
  shift 3
  wanted "$name" || return 0
  truncate -s "$size" "$work/img"
  # shellcheck disable=SC2086 # the options are words
  mkfs.xfs --unsupported -q -K $options "$work/img" >/dev/null 2>&1
  mount -o loop,nodiscard "$work/img" "$mnt"
  if [ "$name" = grown ]; then
    truncate -s 300m "$work/img"
    losetup -c "$(findmnt -no SOURCE "$mnt")"
    xfs_growfs "$mnt" >/dev/null
  fi
  python3 "$make/populate-xfs.py" "$mnt" "$@"
  umount "$mnt"
  [ "$name" = meta-uuid ] && xfs_admin -U generate "$work/img" >/dev/null
  mount -o loop,ro,norecovery "$work/img" "$mnt"
  python3 "$make/list-tree.py" --xattrs "$mnt" >"$work/expected.xattrs"
  umount "$mnt"
  # The command line lists no attributes.
  python3 "$here/without-xattrs.py" <"$work/expected.xattrs" >"$work/expected"
  compare "$name"
  [ -z "${KEEP:-}" ] || gzip -1c "$work/expected.xattrs" >"$KEEP/$name.listing.jsonl.gz"
}

# v4 NAME SIZE "MKFS OPTIONS"
v4() {
  wanted "$1" || return 0
  python3 "$make/xfs-protofile.py" write "$work/tree" >"$work/proto"
  truncate -s "$2" "$work/img"
  # shellcheck disable=SC2086
  mkfs.xfs --unsupported -q -K -m crc=0 $3 -p "$work/proto" "$work/img" >/dev/null 2>&1
  python3 "$make/xfs-protofile.py" list "$work/tree" "$work/img" >"$work/expected"
  rm -rf "$work/tree"
  compare "$1"
}

files="basic far_past symlinks odd_names extents unwritten fragmented_preallocation holes_at_the_end"
attributes="attributes largest_attribute empty_attribute_fork acls removed_attributes"
all="$files $attributes directories shrunk_directories"

# Block sizes. The small ones make deep trees cheap.
# shellcheck disable=SC2086
{
  v5 default 96m '' $all reflinks far_times
  v5 b1024 96m '-b size=1024' $all many_attributes deep_tree scattered_directory holes
  v5 b2048 96m '-b size=2048' $all deep_tree scattered_directory reflinks
  v5 b8192 128m '-b size=8192' $all reflinks
  v5 b16384 160m '-b size=16384' $files $attributes directories
  v5 b32768 256m '-b size=32768' $files $attributes few_directories
  v5 b65536 512m '-b size=65536' $files $attributes few_directories
  # Directory blocks.
  v5 n8192 64m '-n size=8192' $files few_directories shrunk_directories
  v5 n16384-b1024 96m '-b size=1024 -n size=16384' $all scattered_directory
  v5 n32768 64m '-n size=32768' $files directories shrunk_directories
  v5 n65536-b1024 96m '-b size=1024 -n size=65536' $files directories shrunk_directories
  v5 n65536 64m '-n size=65536' $files directories shrunk_directories
  # The images of Amazon Linux.
  v5 al2023 160m '-n size=16384 -s size=4096 -d agcount=2,sunit=128,swidth=128 -i size=512' \
    $all big_directory
  v5 al2 96m '-d agcount=4 -m bigtime=0,reflink=0,inobtcount=0 -i sparse=0' $all
  v5 grown 40m '-n size=16384 -s size=4096 -d agcount=2' $files $attributes wide_inode_numbers
  # Sectors and inodes.
  v5 s4096 64m '-s size=4096' $files $attributes
  v5 isize1024 64m '-i size=1024' $all
  v5 isize2048 64m '-i size=2048' $all
  v5 isize1024-b2048 64m '-i size=1024 -b size=2048' $all
  # Features on and off.
  v5 plain 64m '-m finobt=0,rmapbt=0,reflink=0,bigtime=0,inobtcount=0 -i sparse=0,nrext64=0' $all
  v5 rmapbt 64m '-m rmapbt=1,reflink=1' $files $attributes reflinks
  v5 nrext64 64m '-i nrext64=1 -m bigtime=1' $files $attributes reflinks far_times
  v5 nrext64-b1024 96m '-i nrext64=1 -b size=1024' $all many_attributes deep_tree scattered_directory
  v5 meta-uuid 64m '' $all
  # Groups: no power of two and a short last one, one, many, tiny.
  v5 odd-groups 107m '-d agsize=17m' $files $attributes wide_inode_numbers directories
  v5 tiny 16m '-d agcount=1' basic far_past symlinks odd_names
  v5 many-groups 1200m '-d agsize=16m' $files wide_inode_numbers few_directories
  # Free space in pieces.
  v5 sparse-chunks 16m '-d agcount=1 -m finobt=0,rmapbt=0,reflink=0' sparse_chunks
  v5 scattered-blocks 24m '-d agcount=1 -b size=1024 -n size=8192 -m finobt=0,rmapbt=0,reflink=0' \
    fragmented_directory
}

v4 v4-old 24m '-n ftype=0 -i projid32bit=0,attr=1 -l lazy-count=0'
v4 v4-ftype 40m '-n ftype=1,size=8192 -i size=256 -d agsize=17m'
v4 v4-b512 24m '-b size=512 -i size=256'
v4 v4-b512-n4096 24m '-b size=512 -n size=4096 -i size=256'
v4 v4-b1024 24m '-b size=1024 -i size=512 -n ftype=1'
v4 v4-ci 24m '-n version=ci'
v4 v4-isize2048 40m '-i size=2048 -s size=4096'
v4 v4-b65536 300m '-b size=65536'
v4 v4-log1 24m '-l version=1'
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
