#!/usr/bin/env bash
# Measures the search for secrets in all files of an image: amivet with either engine, and ripgrep
# with the same patterns over a read-only mount of the same image by the kernel.
#
#   search.sh IMAGE [RUNS]      needs root, ripgrep and GNU time
#
# ripgrep prints nothing but how many lines of a file match; it tries no rule, reads no archive and
# knows no paths. amivet does all its usual work, but looks into no archive either.
set -euo pipefail
image="$(realpath "$1")"
runs="${2:-3}"
root="$(cd "$(dirname "$0")/../.." && pwd)"
work="$(mktemp -d)"
trap 'umount "$work/mnt" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/mnt"
mount -o ro,loop "$image" "$work/mnt"

. "$root/.build/jdk.sh"
"$root/amivet" --help >/dev/null
java="$(find_jdk_25)/bin/java"
"$java" -cp "$root/cli/target/amivet.jar" "$root/testdata/bench/PrintPatterns.java" >"$work/patterns"
mib=$(($(find "$work/mnt" -type f -printf '%s\n' | awk '{sum += $1} END {printf "%.0f", sum}') >> 20))
echo "$mib MiB in $(find "$work/mnt" -type f | wc -l) files, $(wc -l <"$work/patterns") patterns"

median() { # COLUMN
  sort -n -k "$1,$1" "$work/times" | awk -v column="$1" -v row=$(((runs + 1) / 2)) 'NR == row {print $column}'
}

measure() { # NAME COMMAND…
  local name="$1" run
  shift
  rm -f "$work/times"
  for ((run = 0; run < runs; run++)); do
    /usr/bin/time -o "$work/time" -f "%e %U %S %M" "$@" >"$work/out" 2>/dev/null || true
    tail -1 "$work/time" | awk '{print $1, $2 + $3, $4}' >>"$work/times"
  done
  awk -v name="$name" -v mib="$mib" -v wall="$(median 1)" -v cpu="$(median 2)" -v kib="$(median 3)" \
    'BEGIN {printf "%-22s %8.2f s %8.2f CPU s %6.0f MiB per CPU s %6d MiB peak\n", name, wall, cpu, mib / cpu, kib / 1024}'
}

scan=("$root/amivet" scan --archive-depth 0 --quiet -o "json=$work/report.json")
measure "cat (reading alone)" sh -c "find '$work/mnt' -type f -exec cat {} +"
measure "amivet, vectorscan" "${scan[@]}" --engine vectorscan "$image"
measure "amivet, java" "${scan[@]}" --engine java "$image"
measure "ripgrep" rg -a --multiline --no-ignore --hidden --no-unicode --no-messages -c --dfa-size-limit 1G \
  --regex-size-limit 1G -f "$work/patterns" "$work/mnt"
