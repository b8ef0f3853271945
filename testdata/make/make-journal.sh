#!/usr/bin/env bash
# Makes the journals of scanner-core/src/test/resources/io/amivet/inside/journal: with zstd, compact
# and not, keyed hash and not, by systemd-journal-remote 252; with xz and lz4 by compressing the large
# fields of an uncompressed one in place (pack-journal.py). journalctl reads each of them back, which
# is the listing that the tests compare with. Needs systemd-journal-remote and liblz4.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
out="$here/../../scanner-core/src/test/resources/io/amivet/inside/journal"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
remote=/lib/systemd/systemd-journal-remote

python3 - >"$work/export" <<'PY'
import struct, sys
boot = "_BOOT_ID=0123456789abcdef0123456789abcdef"
def entry(n, fields):
    out = sys.stdout.buffer
    out.write(b"__REALTIME_TIMESTAMP=%d\n__MONOTONIC_TIMESTAMP=%d\n" % (1767322245000000 + n, n + 1))
    out.write(boot.encode() + b"\n")
    for name, value in fields:
        if b"\n" in value:
            out.write(name + b"\n" + struct.pack("<Q", len(value)) + value + b"\n")
        else:
            out.write(name + b"=" + value + b"\n")
    out.write(b"\n")
for n in range(20):
    entry(n, [(b"MESSAGE", b"round %d of the job" % n), (b"_COMM", b"job"), (b"PRIORITY", b"6")])
dump = b"".join(b"environment line %d of the dump\n" % n for n in range(60))
entry(20, [(b"MESSAGE", b"job failed\n" + dump + b"token glpat-Xk29sLq0Zr7Tm4Wb1Yc8\n" + dump),
           (b"_COMM", b"job"), (b"_CMDLINE", b"job --verbose")])
big = b"".join(b"line %d of a long report, over and over\n" % (n % 100) for n in range(4000))
entry(21, [(b"MESSAGE", b"report"), (b"REPORT", big)])
PY

journal() { # name compact keyed compress
  SYSTEMD_JOURNAL_COMPACT="$2" SYSTEMD_JOURNAL_KEYED_HASH="$3" \
    "$remote" --compress="$4" --output="$work/$1.journal" "$work/export" 2>/dev/null
}
journal zstd-compact 1 1 yes
journal zstd-siphash 0 1 yes
journal zstd-jenkins 0 0 yes
journal plain 0 0 no
python3 "$here/pack-journal.py" xz "$work/plain.journal" "$work/xz.journal"
python3 "$here/pack-journal.py" lz4 "$work/plain.journal" "$work/lz4.journal"
for file in "$work"/*.journal; do
  journalctl --file "$file" -o export --all >"$work/read.export"
  # Which fields there are, each once, by the journal's own reader.
  python3 - "$work/read.export" >"$file.fields" <<'PY'
import struct, sys, hashlib
data = open(sys.argv[1], "rb").read()
at, seen = 0, set()
while at < len(data):
    end = data.index(b"\n", at)
    line = data[at:end]
    at = end + 1
    if not line:
        continue
    if b"=" not in line:
        (size,) = struct.unpack_from("<Q", data, at)
        line += b"=" + data[at + 8 : at + 8 + size]
        at += 8 + size + 1
    if not line.startswith(b"__"):
        seen.add(line)
for line in sorted(seen):
    print(len(line), hashlib.sha256(line).hexdigest())
PY
  name="$(basename "$file" .journal)"
  cmp "$work/$name.journal.fields" "$work/${first:=$name}.journal.fields"
  zstd -q -19 -f "$file" -o "$out/$name.journal.zst"
done
cp "$work/$first.journal.fields" "$out/fields.txt"
chmod 644 "$out"/*
ls -l "$out"
