#!/usr/bin/env bash
# Measures a scan of a snapshot through the EBS direct APIs, against an endpoint in a process of its
# own that answers as AWS does: with a latency, and refusing what is above a rate.
#
#   stream.sh IMAGE [LATENCY-MS] [REQUESTS-PER-SECOND] [RUNS]       needs GNU time
#
# IMAGE is a raw disk image; make one with
#   truncate -s 8G vol.img && mke2fs -q -t ext4 -d TREE vol.img
# Says for each depth: the wall time from start to verdict, CPU seconds, peak memory, blocks, and how
# many requests a second the endpoint saw while there were any. The endpoint shares the cores.
set -euo pipefail
image="$(realpath "$1")"
latency="${2:-20}"
rate="${3:-1000}"
runs="${4:-3}"
root="$(cd "$(dirname "$0")/../.." && pwd)"
work="$(mktemp -d)"
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
. "$root/.build/jdk.sh"
"$root/amivet" --help >/dev/null
gib=$((($(stat -c %s "$image") + (1 << 30) - 1) >> 30))
"$(find_jdk_25)/bin/java" -Xmx1g -XX:+UseSerialGC -cp "$root/cli/target/amivet.jar" \
  io.amivet.testdata.aws.EndpointProcess "$image" "$gib" "$latency" "$rate" "$work/uri" "$work/log" &
server=$!
until [ -s "$work/uri" ]; do
  kill -0 "$server"
  sleep 0.2
done
export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY=x AWS_REGION=us-east-1

scan() { # DEPTH
  : >"$work/log"
  /usr/bin/time -o "$work/time" -f "%e %U %S %M" "$root/amivet" scan snap-0be4c40be4c40be40 \
    --endpoint-url "$(cat "$work/uri")" --depth "$1" --archive-depth 0 --quiet \
    -o "json=$work/report.json" >/dev/null 2>&1 || true
  sleep 1
  local blocks
  blocks="$(grep -o '"fetched" *: *[0-9]*' "$work/report.json" | grep -o '[0-9]*$')"
  # The first and the last half second are not whole.
  tail -1 "$work/time" | awk -v depth="$1" -v blocks="$blocks" -v seen="$work/log" '{
    while ((getline line < seen) > 0) { split(line, f, " "); n++; count[n] = f[2] }
    for (i = 2; i < n; i++) { sum += count[i]; ticks++ }
    printf "%-9s %7.2f s %7.2f CPU s %5d MiB %6d blocks", depth, $1, $2 + $3, $4 / 1024, blocks
    if (ticks) printf " %5d requests/s", 2 * sum / ticks
    print ""
  }'
}

# Servers are compiled as they go, too.
scan full >/dev/null
for depth in quick full; do
  for ((run = 0; run < runs; run++)); do scan "$depth"; done
done
