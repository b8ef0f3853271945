#!/usr/bin/env bash
# Compares amivet with the kernel on XFS volumes whose log was not written back.
#
#   xfs-log.sh [NAME…]      all images, or those named; needs root, xfsprogs, attr, python3
#
# Each volume is changed at random and shut down as by a loss of power (XFS_IOC_GOINGDOWN). What
# `amivet ls -R -l --json --sha256` then shows must equal what the kernel shows after its recovery of
# a copy, entry for entry; and with --as-on-disk what a read-only mount without recovery shows,
# where the kernel can list that at all.
#
# AMIVET is the command to test (default: the launcher of this tree), KEEP a folder to keep images in.
set -euo pipefail
. "$(dirname "$0")/scratch.sh"
scratch 3
shares "$@"
only=" $* "
passed=0
failed=0

compare() { # NAME LISTING [OPTION]
  # shellcheck disable=SC2086 # the command may be several words
  $amivet ls -R -l --json --sha256 ${3:-} "$work/img" >"$work/actual" 2>"$work/messages" || true
  if python3 "$here/compare-listings.py" "$2" "$work/actual"; then
    passed=$((passed + 1))
  else
    sed 's/^/  /' "$work/messages"
    failed=$((failed + 1))
    [ -z "${KEEP:-}" ] || cp --sparse=always "$work/img" "$KEEP/failed-$1.img"
  fi
}

# crash NAME SIZE "MKFS OPTIONS" "MOUNT OPTIONS" SEED OPERATIONS [SHUTDOWN OPTION]
crash() {
  local name="$1"
  mine || return 0
  [ "$only" = "  " ] || case "$only" in *" $name "*) ;; *) return 0 ;; esac
  echo "$name"
  truncate -s "$2" "$work/img"
  # shellcheck disable=SC2086 # the options are words
  mkfs.xfs --unsupported -q -K $3 "$work/img" >/dev/null 2>&1
  mount -o "loop,nodiscard$4" "$work/img" "$mnt"
  python3 "$here/xfs-workload.py" "$mnt" "$5" "$6"
  xfs_io -x -c "shutdown ${7:-}" "$mnt"
  umount "$mnt"

  cp --sparse=always "$work/img" "$work/copy"
  mount -o loop,nodiscard "$work/copy" "$mnt"
  python3 "$make/list-tree.py" --xattrs "$mnt" >"$work/recovered.xattrs"
  umount "$mnt"
  python3 "$here/without-xattrs.py" <"$work/recovered.xattrs" >"$work/recovered"
  compare "$name" "$work/recovered"

  mount -o loop,ro,norecovery "$work/img" "$mnt"
  if python3 "$make/list-tree.py" "$mnt" >"$work/on-disk" 2>/dev/null; then
    umount "$mnt"
    compare "$name-as-on-disk" "$work/on-disk" --as-on-disk
  else
    umount "$mnt"
    echo "  the kernel cannot list it without recovery"
  fi
  if [ -n "${KEEP:-}" ]; then
    cp --sparse=always "$work/img" "$KEEP/$name.img"
    gzip -1c "$work/recovered.xattrs" >"$KEEP/$name.listing.jsonl.gz"
  fi
  rm -f "$work/img" "$work/copy"
}

crash default 128m '' '' 1 400 -f
crash default-unflushed 128m '' '' 2 400
crash al2023 128m '-n size=16384 -s size=4096 -d agcount=2,sunit=128,swidth=128 -i size=512' '' 3 400 -f
crash al2 128m '-m bigtime=0,reflink=0,inobtcount=0 -i sparse=0' '' 4 400 -f
crash b1024 128m '-b size=1024' '' 5 400 -f
crash b1024-unflushed 128m '-b size=1024' '' 6 400
crash n65536 128m '-b size=1024 -n size=65536' '' 7 300 -f
crash rmapbt 128m '-m rmapbt=1,reflink=1' '' 8 400 -f
crash nrext64 128m '-i nrext64=1,size=1024' '' 9 400 -f
crash plain 128m '-m finobt=0,rmapbt=0,reflink=0,bigtime=0,inobtcount=0 -i sparse=0' '' 10 400 -f
crash large-buffers 128m '-l size=16m' ',logbsize=256k' 11 800 -f
crash large-buffers-unflushed 128m '-l size=16m' ',logbsize=256k,logbufs=8' 12 800
crash log-stripe 128m '-l su=32768' ',logbsize=32k' 13 400 -f
crash sector 128m '-s size=4096' '' 14 400 -f
crash small-buffers 128m '-l version=2' ',logbsize=16k' 15 400
crash wrapped 300m '-l size=10m' '' 16 4000 -f
crash wrapped-unflushed 300m '-l size=10m' '' 17 4000
crash wrapped-b1024 300m '-b size=1024 -l size=8m' ',logbsize=64k' 18 4000
crash b65536 512m '-b size=65536' '' 19 200 -f
crash groups 300m '-d agsize=17m' '' 20 500 -f
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
