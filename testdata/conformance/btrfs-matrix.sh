#!/usr/bin/env bash
# Compares amivet with the kernel on btrfs volumes of many options, entry for entry. Needs root
# (loop mounts), btrfs-progs, python3, and a built amivet. Makes and removes its images one by one.
#
#     testdata/conformance/btrfs-matrix.sh
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
amivet=${AMIVET:-$here/../../amivet}
work=$(mktemp -d)
mnt=$work/mnt
mkdir "$mnt"
trap 'umount -q "$mnt" 2>/dev/null || true; rm -rf "$work"' EXIT
failed=0

# row SIZE "MKFS OPTIONS" "MOUNT OPTIONS"
row() {
  echo "btrfs $1 mkfs: ${2:-defaults}, mount: ${3:-defaults}"
  truncate -s "$1" "$work/image"
  # shellcheck disable=SC2086 # the options are words
  mkfs.btrfs -q $2 "$work/image" >/dev/null
  mount -o "loop,nodiscard${3:+,$3}" "$work/image" "$mnt"
  python3 "$here/../images/populate-btrfs.py" "$mnt"
  umount "$mnt"
  mount -o loop,ro "$work/image" "$mnt"
  python3 "$here/../images/list-tree.py" "$mnt" |
    sed 's/"inode": 2, "mtime": "[^"]*"/"inode": 2, "mtime": ""/' >"$work/expected"
  umount "$mnt"
  "$amivet" ls -R -l --json --sha256 "$work/image" |
    sed 's/"inode":2,"mtime":"[^"]*"/"inode":2,"mtime":""/' >"$work/actual"
  python3 "$here/compare-listings.py" "$work/expected" "$work/actual" || failed=1
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
exit "$failed"
