# Sourced by the scripts beside it. Sets:
#
#   here, root, make   this folder, the repository, the scripts that make images
#   amivet             the command to test: AMIVET, or the launcher of this tree (may be several words)
#   work, mnt          a new folder for images, in memory where that has room, and a mount point in it
#
# Whatever happens, what is mounted below the folder, the loop devices of images in it and the folder
# itself are gone when the script ends.
export LC_ALL=C TZ=UTC
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
make="$root/testdata/make"
amivet="${AMIVET:-$root/amivet}"
# The launcher builds before its first run and says so, which is no remark on an image.
# shellcheck disable=SC2086 # the command may be several words
$amivet --version >/dev/null 2>&1

# room GIB: where images of so many GiB in all find room, TMPDIR before all.
room() {
  local free_kib
  free_kib="$(df --output=avail /dev/shm 2>/dev/null | tail -1)"
  if [ -n "${TMPDIR:-}" ] || [ "${free_kib:-0}" -lt $(($1 << 20)) ]; then
    echo "${TMPDIR:-/tmp}"
  else
    echo /dev/shm
  fi
}

clean() {
  local status=$? path
  set +e
  for path in $(findmnt -rno TARGET | grep "^$work/" | sort -r); do
    umount "$path" || umount --lazy "$path"
  done
  losetup --noheadings --output NAME,BACK-FILE | while read -r path image; do
    case "$image" in "$work"/*) losetup --detach "$path" ;; esac
  done
  rm -rf "$work"
  exit "$status"
}

scratch() { # GIB
  work="$(mktemp -d "$(room "$1")/amivet-XXXXXXXX")"
  mnt="$work/mnt"
  mkdir "$mnt"
  trap clean EXIT
}

# shares ARGUMENTS…: without arguments, runs the calling script as two processes that each take every
# other image, and ends with the worse of their statuses.
shares() {
  [ "$#" -eq 0 ] && [ -z "${SHARE:-}" ] || return 0
  local status=0 other
  SHARE=0 "$0" >"$work/share" 2>&1 &
  other=$!
  SHARE=1 "$0" || status=1
  wait "$other" || status=1
  cat "$work/share"
  exit "$status"
}

# Whether it is this process that takes the next image.
images=0
mine() {
  images=$((images + 1))
  [ -z "${SHARE:-}" ] || [ $((images % 2)) -eq "$SHARE" ]
}
