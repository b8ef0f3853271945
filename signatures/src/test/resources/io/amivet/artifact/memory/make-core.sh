#!/usr/bin/env bash
# Makes core.gz: a core dump of sleep(1) by gcore of gdb, of which the headers and the first note are
# kept and all memory is zeroed.
set -euo pipefail
cd "$(dirname "$0")"
work="$(mktemp -d)"
env -i /bin/sleep 4711 &
pid=$!
trap 'kill $pid; rm -rf "$work"' EXIT
sleep 1
gcore -o "$work/core" $pid >/dev/null 2>&1
python3 - "$work/core.$pid" <<'PY' | gzip -9n >core.gz
import struct, sys
data = open(sys.argv[1], "rb").read()
(phoff,), (count,) = struct.unpack_from("<Q", data, 32), struct.unpack_from("<H", data, 56)
headers = phoff + 56 * count
note = next(
    struct.unpack_from("<Q", data, at + 8)[0]
    for at in range(phoff, headers, 56)
    if struct.unpack_from("<I", data, at)[0] == 4
)
sys.stdout.buffer.write(data[:headers] + bytes(note - headers) + data[note : note + 156])
PY
