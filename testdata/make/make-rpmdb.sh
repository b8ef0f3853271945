#!/usr/bin/env bash
# Makes small package databases of rpm in its three forms, and what rpm itself says of them.
#   testdata/make/make-rpmdb.sh
# Needs rpm with rpmbuild 4.17 or newer, python3, sqlite3, db5.3_load (Debian: rpm sqlite3 db5.3-util).
# rpm no longer writes Berkeley DB: db5.3_load makes that form from the headers of the sqlite one,
# with the four-byte keys that rpm used.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=signatures/src/test/resources/io/amivet/rpm
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export SOURCE_DATE_EPOCH=1700000000
mkdir -p "$out" "$work/build"

# spec NAME ALGORITHM FILES: a package with FILES data files; 1 is MD5, 8 SHA-256, as OpenPGP has it
spec() {
  cat >"$work/$1.spec" <<SPEC
%global _binary_filedigest_algorithm $2
%global use_source_date_epoch_as_buildtime 1
%global _buildhost builder.example
Name: $1
Version: 1
Release: 1
Summary: Data for tests
License: Apache-2.0
BuildArch: noarch
%description
Data for tests.
%install
mkdir -p %{buildroot}/usr/bin %{buildroot}/etc/$1 %{buildroot}/usr/share/$1 %{buildroot}/var/log
printf 'tool of $1\n' >%{buildroot}/usr/bin/$1
chmod 755 %{buildroot}/usr/bin/$1
ln -s $1 %{buildroot}/usr/bin/$1-link
printf 'key = value\n' >%{buildroot}/etc/$1/config
: >%{buildroot}/var/log/$1.log
for i in \$(seq $3); do printf 'file %s of $1\n' "\$i" >%{buildroot}/usr/share/$1/a-rather-long-name-\$i; done
%files
/usr/bin/$1
/usr/bin/$1-link
%dir /etc/$1
%config(noreplace) /etc/$1/config
%ghost /var/log/$1.log
/usr/share/$1
SPEC
  rpmbuild --quiet -bb --define "_topdir $work/build" --define '_rpmdir %{_topdir}' "$work/$1.spec"
}
spec small 8 3
spec oldstyle 1 2
spec large 8 400

rpm --define "_db_backend sqlite" --dbpath "$work/sqlite" --initdb
rpm --define "_db_backend sqlite" --dbpath "$work/sqlite" --justdb --nodeps --noscripts \
  --force-debian -i "$work"/build/noarch/*.rpm
rpm --define "_db_backend sqlite" --dbpath "$work/sqlite" -qa --qf \
  '[%{=NAME}\t%{FILENAMES}\t%{FILEDIGESTS}\t%{FILEFLAGS:fflags}\n]' | sort >"$out/files.tsv"
sqlite3 "$work/sqlite/rpmdb.sqlite" 'pragma wal_checkpoint(truncate); pragma journal_mode=delete;' >/dev/null
gzip -9n <"$work/sqlite/rpmdb.sqlite" >"$out/rpmdb.sqlite.gz"
# Debian's rpm cannot write ndb: laid out as lib/backend/ndb/rpmpkg.c of rpm does, headers as above.
sqlite3 "$work/sqlite/rpmdb.sqlite" 'select hnum, hex(blob) from Packages' | python3 -c '
import struct, sys, zlib
blobs = [(int(n), bytes.fromhex(h)) for n, h in (line.strip().split("|") for line in sys.stdin)]
slots, body, block = b"", b"", 256
for index, blob in blobs:
    size = 16 + len(blob) + 12
    blocks = (size + 15) // 16
    slots += struct.pack("<4sIII", b"Slot", index, block, blocks)
    head = struct.pack("<4sIII", b"BlbS", index, 1, len(blob))
    pad = b"\0" * (blocks * 16 - size)
    tail = struct.pack("<II4s", zlib.adler32(head + blob + pad), len(blob), b"BlbE")
    body += head + blob + pad + tail
    block += blocks
slots += struct.pack("<4sIII", b"Slot", 0, 0, 0) * (254 - len(blobs))
header = struct.pack("<4sIIIII", b"RpmP", 0, 1, 1, len(blobs) + 2, 0).ljust(32, b"\0")
sys.stdout.buffer.write(header + slots + body)' | gzip -9n >"$out/Packages.db.gz"
{
  printf 'VERSION=3\nformat=bytevalue\ntype=hash\ndb_pagesize=4096\nHEADER=END\n'
  printf ' 00000000\n 03000000\n'
  sqlite3 "$work/sqlite/rpmdb.sqlite" \
    "select printf(' %02x000000', hnum) || char(10) || ' ' || lower(hex(blob)) from Packages"
  printf 'DATA=END\n'
} | db5.3_load -t hash "$work/Packages"
gzip -9n <"$work/Packages" >"$out/Packages.gz"

# A database whose last package is still in its write-ahead log.
cp "$work/sqlite/rpmdb.sqlite" "$work/wal.sqlite"
python3 - "$work" <<'PYTHON'
import os, shutil, sqlite3, sys
work = sys.argv[1]
db = sqlite3.connect(work + "/wal.sqlite", isolation_level=None)
db.execute("pragma journal_mode=wal")
db.execute("pragma wal_autocheckpoint=0")
db.execute("create table Later(id integer primary key, word text)")
db.execute("begin")
db.executemany("insert into Later(word) values(?)", [("word %d" % i,) for i in range(300)])
db.execute("commit")
shutil.copy(work + "/wal.sqlite", work + "/wal-copy.sqlite")
shutil.copy(work + "/wal.sqlite-wal", work + "/wal-copy.sqlite-wal")
db.close()
PYTHON
gzip -9n <"$work/wal-copy.sqlite" >"$out/wal.sqlite.gz"
gzip -9n <"$work/wal-copy.sqlite-wal" >"$out/wal.sqlite-wal.gz"
ls -l "$out"
