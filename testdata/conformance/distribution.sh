#!/usr/bin/env bash
# Compares amivet with the kernel on a real distribution, in every layout of the list below.
#
#   distribution.sh [TREE]     needs root, debootstrap, e2fsprogs, xfsprogs, fdisk, python3
#
# Makes a Debian tree of more than 40,000 files with debootstrap (in TREE, if given, where the next run
# finds it), puts it into images with the distribution's own tools, and requires that
# `amivet ls -R -l --json --sha256` equals a read-only mount entry for entry. The kernel no longer
# mounts XFS version 4, so that image is filled by mkfs.xfs from a prototype file and compared with the
# source tree, without times and inode numbers.
#
# AMIVET is the command to test (default: the launcher of this tree).
set -euo pipefail
. "$(dirname "$0")/scratch.sh"
scratch 7
tree="${1:-$work/tree}"
failed=0
passed=0

# Many files, and dependencies simple enough for debootstrap's own resolver.
packages=openssh-server,sudo,rsyslog,python3,git,subversion,build-essential,vim,postgresql-client
packages=$packages,linux-doc-6.1,golang-1.19-src,libboost1.74-dev
min_entries=40000

make_tree() {
  [ -e "$tree.done" ] && return
  rm -rf "$tree"
  local mirror
  mirror="$(awk '/^URIs:/ {print $2; exit} /^deb / {print $2; exit}' \
    /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null || true)"
  debootstrap --variant=minbase --include="$packages" bookworm "$tree" "$mirror" \
    >"$work/debootstrap.log" 2>&1 || { tail -5 "$work/debootstrap.log"; exit 1; }
  rm -rf "$tree"/var/cache/apt/archives/*.deb
  # What a distribution does not have by itself.
  mkdir -p "$tree/srv/odd"
  printf 'x' >"$tree/srv/odd/"$'new\nline'
  printf 'y' >"$tree/srv/odd/"$'latin-1-\xe9'
  ln -s "$(printf 'a%.0s' {1..900})" "$tree/srv/odd/long-link"
  ln -s "$(printf 'b%.0s' {1..59})" "$tree/srv/odd/fast-link"
  ln "$tree/bin/bash" "$tree/srv/odd/hard-link"
  mkfifo "$tree/srv/odd/fifo"
  truncate -s 600M "$tree/srv/odd/sparse"
  printf 'end' | dd of="$tree/srv/odd/sparse" bs=1 seek=500000000 conv=notrunc status=none
  mkdir "$tree/srv/odd/many"
  (cd "$tree/srv/odd/many" && seq -f 'entry-%06g' 1 6000 | xargs touch)
  local entries
  entries="$(find "$tree" | wc -l)"
  if [ "$entries" -lt "$min_entries" ]; then
    echo "the tree has only $entries entries, $min_entries are wanted" >&2
    exit 1
  fi
  touch "$tree.done"
}

mounted() { # IMAGE OFFSET_BYTES FSTYPE
  local options="ro,loop,offset=$2"
  [ "$3" = xfs ] && options=$options,norecovery
  mount -t "$3" -o "$options" "$1" "$mnt"
}

# One process reads the image through amivet while another reads it through the kernel.
compare() { # NAME IMAGE "[OFFSET FSTYPE]" [compare options…]
  local name="$1" image="$2" lister=
  local expected="$work/$name.expected" listed=0
  # shellcheck disable=SC2086 # the words are the arguments
  if [ -n "$3" ]; then
    mounted "$image" $3
    python3 "$make/list-tree.py" "$mnt" >"$expected" &
    lister=$!
  fi
  shift 3
  echo "$name"
  # shellcheck disable=SC2086 # the command may be several words
  $amivet ls -R -l --json --sha256 "$image" >"$work/$name.actual" || listed=$?
  if [ -n "$lister" ]; then
    wait "$lister"
    umount "$mnt"
  fi
  if [ "$listed" -eq 0 ] &&
    python3 "$here/compare-listings.py" "$@" "$expected" "$work/$name.actual"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
  rm -f "$image" "$expected" "$work/$name.actual"
}

bare() { # NAME FSTYPE mke2fs-arguments…
  local name="$1" type="$2" image="$work/$1.img"
  shift 2
  truncate -s 4G "$image"
  mke2fs -q -F -t "$type" "$@" -d "$tree" "$image"
  compare "$name" "$image" "0 $type"
}

partitioned_ext4() { # NAME LABEL START_SECTOR
  local image="$work/$1.img"
  truncate -s 4200M "$image"
  printf 'label: %s\nstart=%s, type=%s\n' "$2" "$3" "$([ "$2" = gpt ] && echo L || echo 83)" |
    sfdisk -q "$image"
  mke2fs -q -F -t ext4 -E offset=$(($3 * 512)) -d "$tree" "$image" 4000M
  compare "$1" "$image" "$(($3 * 512)) ext4"
}

gpt_xfs() { # NAME mkfs.xfs-arguments…
  local name="$1" image="$work/$1.img" start=24576 loop
  shift
  truncate -s 4400M "$image"
  printf 'label: gpt\nstart=%s, type=L\n' "$start" | sfdisk -q "$image"
  loop="$(losetup --find --show --offset $((start * 512)) --sizelimit $((4100 << 20)) "$image")"
  mkfs.xfs -q "$@" "$loop"
  mount -t xfs "$loop" "$mnt"
  cp -a --sparse=always "$tree/." "$mnt/"
  umount "$mnt"
  losetup --detach "$loop"
  compare "$name" "$image" "$((start * 512)) xfs"
}

xfs_v4() { # NAME
  local image="$work/$1.img"
  truncate -s 6G "$image"
  python3 "$here/make-protofile.py" "$tree" "$work/protofile" "$work/$1.expected"
  mkfs.xfs -q -f -m crc=0 -p "$work/protofile" "$image"
  compare "$1" "$image" "" --ignore mtime,inode --ignore-directory size
}

make_tree
bare ext4 ext4
bare ext3 ext3
partitioned_ext4 gpt-ext4 gpt 2048
partitioned_ext4 mbr-ext4 dos 2048
gpt_xfs gpt-xfs
gpt_xfs gpt-xfs-al2023 -n size=16384 -s size=4096 -d agcount=2
xfs_v4 xfs-v4
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
