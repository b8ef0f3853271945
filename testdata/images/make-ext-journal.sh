#!/bin/bash
# Makes the ext images with a journal to replay, each with two listings by the kernel: of the image as
# it is on disk ("noload"), and of a copy whose journal the kernel replayed.
#
#   make-ext-journal.sh [OUTPUT]          default: ../src/main/resources/images beside this script
#
# Needs root, e2fsprogs 1.47 and python3.
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../src/main/resources/images}
work=$(mktemp -d)
mnt=$work/mnt
mkdir -p "$mnt" "$out"
trap 'mountpoint -q "$mnt" && umount "$mnt"; rm -rf "$work"' EXIT

# Replays unless told "noload": a read-only mount does, if its device can be written.
list() { # IMAGE MOUNT-OPTIONS LISTING
  local loop
  loop=$(losetup --find --show "$1")
  mount -o "$2" "$loop" "$mnt"
  "$here/list-tree.py" --xattrs "$mnt" | gzip -9n >"$out/$3.listing.jsonl.gz"
  umount "$mnt"
  losetup --detach "$loop"
}

# dirty NAME SIZE MOUNT-OPTIONS "ACTIVITY OPTIONS" mke2fs-arguments…
dirty() {
  local name=$1 size=$2 options=$3 activity=$4
  shift 4
  truncate -s "$size" "$work/live.img"
  mke2fs -q -F -L "$name" "$@" "$work/live.img" 2>/dev/null
  mount -o "loop,commit=1000,$options" "$work/live.img" "$mnt"
  # shellcheck disable=SC2086
  "$here/journal-activity.py" $activity "$mnt" "$work/live.img" "$work/$name.img"
  umount "$mnt"
  gzip -9n <"$work/$name.img" >"$out/$name.img.gz"
  cp "$work/$name.img" "$work/replayed.img"
  list "$work/$name.img" ro,noload "$name.as-on-disk"
  list "$work/replayed.img" ro "$name.replayed"
  rm "$work"/*.img
}

# Checksums of version 3, 64-bit numbers, revoke records, orphans.
dirty ext-journal 12M rw "--orphans" -t ext4 -b 1024 -N 1024 -J size=2
# No checksums, 32-bit numbers, a block map; file data in the journal, some of it escaped.
dirty ext-journal-ext3 12M rw,data=journal "--rounds 3 --escape" -t ext3 -b 1024 -I 128 -N 1024 -J size=4
# A checksum of each whole transaction.
dirty ext-journal-sum 12M rw,data=writeback,journal_async_commit "--rounds 4" \
  -t ext4 -b 1024 -N 1024 -O '^metadata_csum,^64bit' -J size=2
# The smallest journal, gone round many times, with an orphan file.
dirty ext-journal-wrap 12M rw "--rounds 12 --orphans" \
  -t ext4 -b 1024 -N 1024 -O orphan_file -J size=1

ls -l "$out"/ext-journal*
