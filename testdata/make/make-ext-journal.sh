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

# written NAME SIZE CHECKSUM-VERSION mke2fs-arguments…
# debugfs writes into the journal what a changed copy of the image has otherwise, so that the copy is
# what a replay gives: block sizes and checksums that no mount here makes.
written() {
  local name=$1 size=$2
  printf ' -c -v %s' "$3" >"$work/options"
  shift 3
  rm -rf "$work/tree"
  mkdir -p "$work/tree/kept"
  seq -f 'kept %05.0f' 1 900 >"$work/tree/kept/file"
  touch -d '2024-02-29 12:34:56' "$work/tree/kept/file" "$work/tree/kept" "$work/tree"
  truncate -s "$size" "$work/$name.img"
  mke2fs -q -F -L "$name" -d "$work/tree" "$@" "$work/$name.img" 2>/dev/null
  cp --sparse=always "$work/$name.img" "$work/changed.img"
  seq -f 'new %05.0f' 1 5000 >"$work/new"
  touch -d '2024-02-29 12:34:56' "$work/new"
  debugfs -w -f - "$work/changed.img" >/dev/null 2>&1 <<COMMANDS
mkdir /made
cd /made
write $work/new new
symlink link target
cd /
rm /kept/file
COMMANDS
  python3 - "$work/$name.img" "$work/changed.img" "$(block_size "$work/$name.img")" "$work" <<'PYTHON'
import sys
old, new = (open(name, "rb") for name in sys.argv[1:3])
size = int(sys.argv[3])
numbers, blocks = [], []
number = 0
while block := new.read(size):
    if block != old.read(size):
        numbers.append(str(number))
        blocks.append(block)
    number += 1
# Two transactions, so that one is between others.
half = len(numbers) // 2
with open(sys.argv[4] + "/commands", "w") as commands:
    commands.write("jo%s\n" % open(sys.argv[4] + "/options").read())
    for i, part in enumerate((slice(0, half), slice(half, None))):
        with open("%s/blocks-%d" % (sys.argv[4], i), "wb") as file:
            file.write(b"".join(blocks[part]))
        commands.write("jw -b %s %s/blocks-%d\n" % (",".join(numbers[part]), sys.argv[4], i))
    commands.write("jc\n")
PYTHON
  debugfs -w -f "$work/commands" "$work/$name.img" >/dev/null 2>&1
  gzip -9n <"$work/$name.img" >"$out/$name.img.gz"
  "$here/list-ext-debugfs.py" "$work/changed.img" | gzip -9n >"$out/$name.replayed.listing.jsonl.gz"
  rm "$work"/*.img
}

block_size() { dumpe2fs -h "$1" 2>/dev/null | sed -n 's/^Block size: *//p'; }

written ext-journal-v2 8M 2 -t ext4 -b 1024 -N 64 -O '^64bit' -J size=1
written ext-journal-64k 160M 3 -t ext4 -b 65536 -N 64 -J size=64

ls -l "$out"/ext-journal*
