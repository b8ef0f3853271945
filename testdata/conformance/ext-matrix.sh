#!/usr/bin/env bash
# Compares amivet with the kernel on every shape of ext2, ext3 and ext4 that mke2fs makes.
#
#   ext-matrix.sh [NAME…]      all images, or those named; needs root, e2fsprogs, acl, python3
#
# Each image is filled by fill-ext.py through a mount, so that the kernel lays it out, mounted anew
# read-only and listed; `amivet ls -R -l --json --sha256` must equal that entry for entry. What this
# kernel does not mount (blocks larger than a page, casefold with quota) is filled by `mke2fs -d` and
# compared with the source tree, without inode numbers, times and sizes of directories. A feature that
# only the kernel's build refuses (casefold, verity) is switched on after the kernel's listing.
#
# AMIVET is the command to test (default: the launcher of this tree), KEEP a folder for the images
# that failed.
set -euo pipefail
. "$(dirname "$0")/scratch.sh"
scratch 3
shares "$@"
only=("$@")
image="$work/image"
failed=()
passed=0

wanted() {
  mine || return
  [ "${#only[@]}" -eq 0 ] && return
  local name
  for name in "${only[@]}"; do [ "$name" = "$1" ] && return; done
  return 1
}

list() { python3 "$make/list-tree.py" "$1" >"$work/expected"; }

compare() { # NAME [compare options…]
  local name="$1"
  shift
  echo "$name"
  # shellcheck disable=SC2086 # the command may be several words
  if $amivet ls -R -l --json --sha256 "$image" >"$work/actual" 2>"$work/messages" &&
    ! [ -s "$work/messages" ] &&
    python3 "$here/compare-listings.py" "$@" "$work/expected" "$work/actual"; then
    passed=$((passed + 1))
  else
    head -5 "$work/messages"
    failed+=("$name")
    [ -z "${KEEP:-}" ] || cp --sparse=always "$image" "$KEEP/$name.failed"
  fi
  rm -f "$image"
}

format() { # SIZE mke2fs-arguments…
  rm -f "$image"
  truncate -s "$1" "$image"
  shift
  mke2fs -q -F "$@" "$image" >"$work/mke2fs.log" 2>&1 || { cat "$work/mke2fs.log"; return 1; }
}

mounted() { # NAME SIZE "FILL OPTIONS" mke2fs-arguments…
  wanted "$1" || return 0
  local name="$1" size="$2" fill="$3"
  shift 3
  format "$size" "$@"
  local block
  block="$(dumpe2fs -h "$image" 2>/dev/null | sed -n 's/^Block size: *//p')"
  mount -o "loop,${MOUNT:-rw}" "$image" "$mnt"
  # shellcheck disable=SC2086
  python3 "$here/fill-ext.py" "$mnt" --block "$block" $fill
  umount "$mnt"
  mount -o loop,ro "$image" "$mnt"
  list "$mnt"
  umount "$mnt"
  [ -z "${AFTER:-}" ] || debugfs -w -f <(printf '%s\n' "$AFTER") "$image" >/dev/null 2>&1
  compare "$name"
}

copied() { # NAME SIZE mke2fs-arguments…
  wanted "$1" || return 0
  local name="$1" size="$2"
  shift 2
  if ! [ -e "$work/tree.done" ]; then
    rm -rf "$work/tree"
    mkdir "$work/tree"
    python3 "$here/fill-ext.py" "$work/tree" --names 3000
    # mke2fs copies neither sockets nor further names of a symbolic link.
    rm -f "$work/tree/dev/socket" "$work/tree/links/hard-symlink"
    touch "$work/tree.done"
  fi
  format "$size" "$@" -d "$work/tree"
  debugfs -w -R 'rmdir lost+found' "$image" >/dev/null 2>&1
  list "$work/tree"
  compare "$name" --ignore inode,mtime --ignore-directory size,nlink
}

plain=^metadata_csum,^64bit

mounted ext2-1k 300M "--triple --names 20000" -t ext2 -b 1024 -I 128 -N 40000
mounted ext2-2k 200M "" -t ext2 -b 2048 -I 256
mounted ext2-4k 200M "" -t ext2 -b 4096 -I 128
mounted ext2-old 100M "" -t ext2 -b 1024 -I 128 -O none
mounted ext2-no-filetype 200M "--names 20000" -t ext2 -b 1024 -O '^filetype' -N 40000
mounted ext3-1k 300M "--triple" -t ext3 -b 1024 -I 128
mounted ext3-4k 200M "" -t ext3 -b 4096 -I 256
mounted ext4-1k 300M "--triple --names 20000" -t ext4 -b 1024 -I 128 -N 40000
mounted ext4-2k 200M "" -t ext4 -b 2048 -I 256
mounted ext4-4k 200M "--names 20000" -t ext4 -b 4096 -I 256 -N 40000
mounted inodes-512 200M "" -t ext4 -b 4096 -I 512
mounted inodes-1024 200M "" -t ext4 -b 1024 -I 1024
mounted inodes-4096 300M "" -t ext4 -b 4096 -I 4096 -N 8000
mounted no-extents 300M "--triple" -t ext4 -b 1024 -O '^extents,^64bit'
mounted no-filetype 200M "" -t ext4 -O '^filetype'
mounted no-dir-index 200M "" -t ext4 -O '^dir_index'
mounted meta-bg 200M "" -t ext4 -b 1024 -g 1024 -O 'meta_bg,^resize_inode,^flex_bg'
mounted meta-bg-32 200M "" -t ext4 -b 1024 -g 2048 -O "meta_bg,^resize_inode,$plain"
mounted sparse-super2 200M "" -t ext4 -b 1024 -g 2048 -O 'sparse_super2,^resize_inode' -E num_backup_sb=2
mounted sparse-super2-none 200M "" -t ext4 -O 'sparse_super2,^resize_inode' -E num_backup_sb=0
mounted no-sparse-super 200M "" -t ext4 -b 1024 -g 2048 -O '^sparse_super,^resize_inode'
mounted bigalloc 300M "" -t ext4 -b 4096 -C 65536 -O bigalloc
mounted bigalloc-1k 300M "" -t ext4 -b 1024 -C 16384 -O bigalloc
mounted bigalloc-inline 300M "" -t ext4 -b 4096 -C 16384 -O bigalloc,inline_data
mounted inline-256 200M "" -t ext4 -b 4096 -I 256 -O inline_data
mounted inline-512-1k 200M "" -t ext4 -b 1024 -I 512 -O inline_data
mounted inline-1024 200M "" -t ext4 -b 4096 -I 1024 -O inline_data,ea_inode
mounted inline-plain 200M "" -t ext4 -I 256 -O "inline_data,$plain"
mounted ea-inode 200M "" -t ext4 -b 1024 -O ea_inode
mounted large-dir 300M "--names 30000" -t ext4 -b 1024 -O large_dir -N 50000
mounted encrypt-flag 200M "" -t ext4 -O encrypt
mounted mmp 200M "" -t ext4 -O mmp
mounted no-64bit 200M "" -t ext4 -O '^64bit'
mounted no-flex-bg 200M "" -t ext4 -b 1024 -O '^flex_bg'
mounted uninit-bg 200M "" -t ext4 -O '^metadata_csum,uninit_bg'
mounted uninit-bg-32 200M "" -t ext4 -O '^metadata_csum,^64bit,uninit_bg'
mounted csum-seed 200M "" -t ext4 -O metadata_csum_seed
mounted orphan-file 200M "" -t ext4 -O orphan_file,metadata_csum_seed
copied quota 400M -t ext4 -b 4096 -O quota,project -E quotatype=usrquota:grpquota:prjquota
mounted no-huge-file 200M "" -t ext4 -O '^huge_file,^extra_isize,^dir_nlink'
mounted dir-nlink 500M "--subfolders 65100" -t ext4 -b 1024 -N 80000
mounted no-journal 200M "" -t ext4 -O '^has_journal'
mounted fast-commit 200M "" -t ext4 -O fast_commit
AFTER="feature shared_blocks" mounted stable-inodes 200M "" -t ext4 -O stable_inodes
AFTER=$'feature casefold verity\nsif /folders flags 0x40080000' \
  mounted casefold-verity 200M "" -t ext4 -I 256

for block in 8192 16384 32768 65536; do
  copied "block-$((block / 1024))k" 600M -t ext4 -b "$block"
  copied "ext2-block-$((block / 1024))k" 600M -t ext2 -b "$block"
done
copied block-64k-casefold-quota 600M -t ext4 -b 65536 -O casefold,quota,project
copied block-64k-bigalloc 900M -N 6000 -t ext4 -b 65536 -C 262144 -O bigalloc -I 1024
copied casefold-quota-4k 400M -t ext4 -b 4096 -O casefold,quota

echo "$passed passed, ${#failed[@]} failed: ${failed[*]:-}"
[ "${#failed[@]}" -eq 0 ]
