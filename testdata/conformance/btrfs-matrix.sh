#!/usr/bin/env bash
# Compares amivet with the kernel on btrfs volumes of many options, entry for entry.
#
#   btrfs-matrix.sh        needs root (loop mounts), btrfs-progs, python3
#
# AMIVET is the command to test (default: the launcher of this tree). Images are made and removed one
# by one, in memory where there is room.
set -euo pipefail
. "$(dirname "$0")/scratch.sh"
scratch 2
shares "$@"
passed=0
failed=0

# row SIZE "MKFS OPTIONS" "MOUNT OPTIONS"
row() {
  mine || return 0
  echo "btrfs $1 mkfs: ${2:-defaults}, mount: ${3:-defaults}"
  truncate -s "$1" "$work/image"
  # shellcheck disable=SC2086 # the options are words
  mkfs.btrfs -q $2 "$work/image" >/dev/null
  mount -o "loop,nodiscard${3:+,$3}" "$work/image" "$mnt"
  python3 "$make/populate-btrfs.py" "$mnt"
  umount "$mnt"
  mount -o loop,ro "$work/image" "$mnt"
  python3 "$make/list-tree.py" "$mnt" |
    sed 's/"inode": 2, "mtime": "[^"]*"/"inode": 2, "mtime": ""/' >"$work/expected"
  umount "$mnt"
  # shellcheck disable=SC2086 # the command may be several words
  if $amivet ls -R -l --json --sha256 "$work/image" >"$work/listed" &&
    sed 's/"inode":2,"mtime":"[^"]*"/"inode":2,"mtime":""/' "$work/listed" >"$work/actual" &&
    python3 "$here/compare-listings.py" "$work/expected" "$work/actual"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
  rm -f "$work/image"
}

row 128M "" ""
row 128M "-n 4096 -O ^no-holes" ""
row 160M "-n 65536" "compress=zstd:15"
row 64M "--mixed -n 4096" "compress-force=lzo"
row 360M "-m dup -d dup --csum xxhash" ""
row 128M "-m single --csum sha256" "compress-force=zlib"
row 128M "--csum blake2 -O ^skinny-metadata -R ^free-space-tree" "max_inline=0"
row 128M "" "nodatacow,max_inline=4000"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
