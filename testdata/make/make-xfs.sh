#!/bin/sh
# Makes the XFS test images and their expected listings. Needs root (loop mounts), xfsprogs 6.1 or
# later, acl, python3.
#
#     testdata/make/make-xfs.sh [-o FOLDER] [NAME…]     all images, or those named
#
# Version 5 images are filled through the kernel and listed from a read-only mount of the finished
# image. Kernels of today no longer mount version 4: those are filled by mkfs.xfs from a protofile,
# and their listing comes from the files that went in and from xfs_db.
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

pack() {
  gzip -9nc "$work/$1.img" >"$out/$1.img.gz"
  rm -f "$work/$1.img"
}

# The free ranges as xfs_db reads them from the tree: "group block count" a line.
free_ranges() {
  groups=$(xfs_db -r -c 'sb 0' -c 'print agcount' "$work/$1.img" | sed 's/.* = //')
  group=0
  while [ "$group" -lt "$groups" ]; do
    xfs_db -r -c "agf $group" -c 'addr bnoroot' -c 'btdump' "$work/$1.img" |
      sed '/^keys/,/^ptrs/d' | grep -o '\[[0-9]*,[0-9]*\]' | tr -d '[]' | tr ',' ' ' | sed "s/^/$group /"
    group=$((group + 1))
  done >"$out/$1.free.txt"
}

# make NAME SIZE "MKFS OPTIONS" PART…
make() {
  name=$1 size=$2 options=$3
  shift 3
  wanted "$name" || return 0
  truncate -s "$size" "$work/$name.img"
  # shellcheck disable=SC2086 # the options are words
  mkfs.xfs --unsupported -q -K $options "$work/$name.img"
  mount -o loop,nodiscard "$work/$name.img" "$mnt"
  python3 "$here/populate-xfs.py" "$mnt" "$@"
  umount "$mnt"
  if [ "$name" = xfs-meta-uuid ]; then
    xfs_admin -U 6b0d1c2e-3f40-4a51-8b62-9c73ad84be95 "$work/$name.img" >/dev/null
  fi
  case $name in
    # Thousands of creations leave a log that hardly compresses. The others keep theirs.
    xfs-default | xfs-al2023 | xfs-b1024 | xfs-b64k | xfs-dir64k | xfs-fragmented | xfs-isize2048)
      xfs_repair -L -o force_geometry "$work/$name.img" 2>/dev/null >&2
      ;;
  esac
  list "$name"
}

list() {
  mount -o loop,ro,norecovery "$work/$1.img" "$mnt"
  python3 "$here/list-tree.py" --xattrs "$mnt" | gzip -9n >"$out/$1.listing.jsonl.gz"
  umount "$mnt"
  case $1 in xfs-default | xfs-b1024 | xfs-sparse) free_ranges "$1" ;; esac
  pack "$1"
}

# make4 NAME SIZE "MKFS OPTIONS"
make4() {
  wanted "$1" || return 0
  python3 "$here/xfs-protofile.py" write "$work/tree" >"$work/proto"
  truncate -s "$2" "$work/$1.img"
  # shellcheck disable=SC2086
  mkfs.xfs --unsupported -q -K -m crc=0 $3 -p "$work/proto" "$work/$1.img"
  python3 "$here/xfs-protofile.py" list "$work/tree" "$work/$1.img" |
    gzip -9n >"$out/$1.listing.jsonl.gz"
  free_ranges "$1"
  pack "$1"
  rm -rf "$work/tree"
}

# Groups of 4352 blocks, no power of two, the last one shorter.
make xfs-default 50m '-L default -d agsize=17m' \
  basic far_times directories attributes largest_attribute empty_attribute_fork extents unwritten \
  reflinks
# The geometry of Amazon Linux 2023 as its mkfs.xfs call gives it.
make xfs-al2023 48m '-L / -n size=16384 -s size=4096 -d agcount=2,sunit=8,swidth=8 -i size=512' \
  basic far_times few_directories big_directory attributes
# The features of Amazon Linux 2.
make xfs-al2 20m '-d agcount=1 -m bigtime=0,reflink=0,inobtcount=0 -i sparse=0' \
  basic attributes extents unwritten
make xfs-nrext64 20m '-d agcount=1 -i nrext64=1,size=1024 -m rmapbt=1' basic attributes empty_attribute_fork extents
make xfs-isize2048 20m '-d agcount=1 -i size=2048 -n size=8192' basic attributes few_directories
make xfs-b1024 35m '-b size=1024 -d agsize=18m' \
  basic attributes many_attributes deep_tree scattered_directory empty_attribute_fork unwritten holes
make xfs-b64k 96m '-b size=65536 -d agcount=1' basic attributes extents
make xfs-dir64k 20m '-d agcount=1 -n size=65536' basic few_directories
# Without trees that reserve space for themselves, so that it can be filled up.
make xfs-sparse 16m '-d agcount=1 -b size=4096 -m finobt=0,rmapbt=0,reflink=0 -i sparse=1' sparse_chunks
make xfs-fragmented 24m '-d agcount=1 -b size=1024 -n size=8192 -m finobt=0,rmapbt=0,reflink=0' \
  fragmented_directory
make xfs-meta-uuid 16m '-d agcount=1 -m uuid=11111111-2222-4333-8444-555555555555' basic attributes

# A machine that lost power: the second file is in the log alone.
if wanted xfs-dirty; then
  truncate -s 16m "$work/xfs-dirty.img"
  mkfs.xfs --unsupported -q -K -d agcount=1 "$work/xfs-dirty.img"
  mount -o loop,nodiscard "$work/xfs-dirty.img" "$mnt"
  echo before >"$mnt/before"
  umount "$mnt"
  mount -o loop,nodiscard "$work/xfs-dirty.img" "$mnt"
  echo after >"$mnt/after"
  xfs_io -x -c 'shutdown -f' "$mnt"
  umount "$mnt"
  list xfs-dirty
fi

# crash NAME SIZE "MKFS OPTIONS" SCRIPT ARGUMENT…
# A volume in use that lost power: the listing is of the kernel after its recovery of a copy, and one
# more of the volume as it is on disk.
crash() {
  name=$1 size=$2 options=$3 script=$here/$4
  shift 4
  wanted "$name" || return 0
  truncate -s "$size" "$work/$name.img"
  # shellcheck disable=SC2086
  mkfs.xfs --unsupported -q -K $options "$work/$name.img"
  mount -o loop,nodiscard "$work/$name.img" "$mnt"
  python3 "$script" "$mnt" "$@"
  xfs_io -x -c 'shutdown -f' "$mnt"
  umount "$mnt"
  cp --sparse=always "$work/$name.img" "$work/copy"
  mount -o loop,nodiscard "$work/copy" "$mnt"
  python3 "$here/list-tree.py" --xattrs "$mnt" | gzip -9n >"$out/$name-replayed.listing.jsonl.gz"
  umount "$mnt"
  rm "$work/copy"
  list "$name"
  # Without recovery the kernel may meet what contradicts itself.
  [ -n "$(gzip -dc "$out/$name.listing.jsonl.gz")" ] || rm "$out/$name.listing.jsonl.gz"
}

workload=../conformance/xfs-workload.py
crash xfs-log-b1024 16m '-d agcount=1 -b size=1024 -m finobt=0,rmapbt=0,reflink=0' $workload 5 120
crash xfs-log-al2023 32m '-d agcount=1 -n size=16384 -s size=4096' $workload 6 120
crash xfs-log-rmapbt 40m '-d agcount=2 -m rmapbt=1 -i nrext64=1' $workload 7 100
# The log wrapped.
crash xfs-log-wrapped 16m '-d agcount=1 -b size=1024 -m finobt=0,rmapbt=0,reflink=0' \
  populate-xfs.py basic renames

make4 xfs-v4 20m '-d agcount=1 -n ftype=0 -i projid32bit=0 -l lazy-count=0'
make4 xfs-v4-ftype 34m '-n ftype=1,size=8192 -i size=256,attr=1 -d agsize=17m'
make4 xfs-v4-b512 20m '-d agcount=1 -b size=512 -i size=256'
make4 xfs-v4-ci 20m '-d agcount=1 -n version=ci'
