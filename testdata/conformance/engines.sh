#!/usr/bin/env bash
# Requires that both match engines come to the same report over a real tree.
#
#   engines.sh [TREE…]     needs e2fsprogs and python3; the trees are this system's own programs
#
# AMIVET is the command to test (default: the launcher of this tree).
set -euo pipefail
. "$(dirname "$0")/scratch.sh"
scratch 8
trees=("$@")
[ "${#trees[@]}" -gt 0 ] || trees=(/usr/bin /usr/sbin /usr/share /etc)

mkdir "$work/root"
for tree in "${trees[@]}"; do
  [ -d "$tree" ] || continue
  mkdir -p "$work/root$(dirname "$tree")"
  cp -a --reflink=auto "$tree" "$work/root$(dirname "$tree")/"
done
# What a system has none of: secrets of all kinds.
cp "$here/../../signatures/src/main/resources/io/amivet/rules/"*.yaml "$work/root/"
mke2fs -q -t ext4 -O ^has_journal -d "$work/root" "$work/tree.img" 6G

for engine in java vectorscan; do
  status=0
  "$amivet" scan --quiet --profile publish --engine "$engine" -o "json=$work/$engine.json" \
    "$work/tree.img" || status=$?
  [ "$status" -eq 1 ] || { echo "amivet scan --engine $engine exited $status" >&2; exit 1; }
done
python3 - "$work/java.json" "$work/vectorscan.json" <<'PYTHON'
import json, sys

def load(name):
    report = json.load(open(name))
    for varying in ("startedAt", "finishedAt", "timings"):
        report.pop(varying)
    return report

java, vectorscan = map(load, sys.argv[1:])
found = len(java["findings"])
if found < 500:
    sys.exit(f"only {found} findings: the planted secrets were not found")
if java != vectorscan:
    def key(finding):
        return (finding["rule"], finding["path"], finding.get("member", ""), finding.get("offset"))
    ours, theirs = ({key(f) for f in r["findings"]} for r in (java, vectorscan))
    sys.exit(f"the engines differ: java alone {sorted(ours - theirs, key=str)[:5]}, "
             f"vectorscan alone {sorted(theirs - ours, key=str)[:5]}")
print(f"both engines: {found} findings in {java['coverage']['volumes'][0]['files']} files")
PYTHON
