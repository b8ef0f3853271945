#!/usr/bin/env bash
# Requires that a scan of what changed since a base finds what a scan of everything finds.
#
#   changes.sh [COUNT [SEED]]     needs root, e2fsprogs, xfsprogs and python3
#
# The kernel makes COUNT changes of all kinds (change-tree.py) to a mounted copy of an image. Both
# states are scanned as files and as snapshots of an endpoint that answers as AWS does, and there the
# blocks that were fetched are counted.
#
# AMIVET is the command to test (default: the launcher of this tree).
set -euo pipefail
. "$(dirname "$0")/scratch.sh"
scratch 12
count="${1:-300}"
seed="${2:-1}"
. "$here/../../.build/jdk.sh"
server=
finish() {
  local status=$?
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  server=
  return "$status"
}
trap 'finish; clean' EXIT

mkdir "$work/root"
for tree in /etc /usr/share /usr/sbin /usr/lib/python3 /usr/lib/git-core; do
  [ -d "$tree" ] || continue
  mkdir -p "$work/root$(dirname "$tree")"
  cp -a --reflink=auto "$tree" "$work/root$(dirname "$tree")/"
done
mkdir -p "$work/root/home/ada" "$work/root/root" "$work/root/srv"
cp "$here/../../signatures/src/main/resources/io/amivet/rules/"tok*.yaml "$work/root/srv/"
rm -rf "$work/root/usr/share/"{doc,locale}/*.gz

scan() { # REPORT TARGET [OPTION…]
  local report="$1" status=0
  shift
  "$amivet" scan --quiet --archive-depth 0 -o "json=$work/$report" "$@" || status=$?
  [ "$status" -le 1 ] || { echo "amivet scan $* exited $status" >&2; exit 1; }
}

compare() { # NAME
  python3 - "$work/full.json" "$work/changes.json" "$1" "$work/base.img" "$work/now.img" <<'PYTHON'
import json, sys

full, changes = (json.load(open(name)) for name in sys.argv[1:3])
if full["findings"] != changes["findings"]:
    def key(finding):
        return (finding["rule"], finding["severity"], finding["path"], finding.get("offset"))
    ours, theirs = ({key(f) for f in r["findings"]} for r in (full, changes))
    sys.exit(f"{sys.argv[3]}: only in the full scan {sorted(ours - theirs, key=str)[:5]}, "
             f"only in the other {sorted(theirs - ours, key=str)[:5]}")
base = changes["coverage"]["base"]
scanned = changes["coverage"]["volumes"][0]["filesScanned"]
if not base["unchangedFiles"] or not scanned or len(full["findings"]) < 50:
    sys.exit(f"{sys.argv[3]}: nothing to compare: {base}, {scanned} files scanned")
blocks = changes["coverage"]["blocks"]
def differing(one, other, size=512 << 10):
    with open(one, "rb") as a, open(other, "rb") as b:
        return sum(x != y for x, y in iter(lambda: (a.read(size), b.read(size)), (b"", b"")))

differing = differing(*sys.argv[4:6])
if blocks["requests"] and blocks["fetched"] >= 0.95 * blocks["present"]:
    sys.exit(f"{sys.argv[3]}: {blocks['fetched']} of {blocks['present']} blocks were fetched")
print(f"{sys.argv[3]}: {len(full['findings'])} findings in both, {base['unchangedFiles']} files "
      f"unchanged, {scanned} scanned, {differing} blocks differ"
      + (f"; {blocks['fetched']} of {blocks['present']} blocks fetched" if blocks["requests"] else ""))
PYTHON
}

for format in ${FORMATS:-ext4 xfs}; do
  rm -f "$work/base.img" "$work/now.img"
  truncate -s 4G "$work/base.img"
  case "$format" in
    ext4) mke2fs -q -t ext4 -d "$work/root" "$work/base.img" ;;
    xfs)
      mkfs.xfs -q "$work/base.img"
      mount -o loop "$work/base.img" "$mnt"
      cp -a "$work/root/." "$mnt/"
      umount "$mnt"
      ;;
  esac
  cp --sparse=always "$work/base.img" "$work/now.img"
  mount -o loop "$work/now.img" "$mnt"
  echo "$format: $(python3 "$here/change-tree.py" "$mnt" "$count" "$seed")"
  umount "$mnt"

  scan base.json "$work/base.img"
  scan full.json "$work/now.img"
  scan changes.json --base "$work/base.img" --base-report "$work/base.json" "$work/now.img"
  compare "$format as files"

  rm -f "$work/uri"
  "$(find_jdk_25)/bin/java" -Xmx1g -XX:+UseSerialGC -cp "$here/../../cli/target/amivet.jar" \
    io.amivet.testdata.aws.EndpointProcess "$work/now.img" 4 1 10000 "$work/uri" "$work/log" \
    "$work/base.img" &
  server=$!
  until [ -s "$work/uri" ]; do
    kill -0 "$server"
    sleep 0.2
  done
  export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY=x AWS_REGION=us-east-1
  endpoint=(--endpoint-url "$(cat "$work/uri")")
  scan base.json "${endpoint[@]}" snap-0ba5e0ba5e0ba5e00
  scan changes.json "${endpoint[@]}" --base snap-0ba5e0ba5e0ba5e00 \
    --base-report "$work/base.json" snap-0be4c40be4c40be40
  compare "$format as snapshots"
  finish
done
