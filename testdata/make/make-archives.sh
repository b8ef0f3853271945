#!/usr/bin/env bash
# Makes the archives of scanner-core/src/test/resources/io/amivet/inside with the real tools: the
# same three files (a login, a rotated log, a program's settings) in each format, and nested.
# Needs tar, zip, 7z, cpio, ar, gzip, xz, bzip2, zstd, lz4, dpkg-deb and rpmbuild.
set -euo pipefail
out="$(cd "$(dirname "$0")/../.." && pwd)/scanner-core/src/test/resources/io/amivet/inside"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$out" "$work/tree/home/al/.aws" "$work/tree/var/log"
cd "$work/tree"
cat >home/al/.aws/credentials <<'END'
[default]
aws_access_key_id = AKIA5WLTSAMIVETTEST7
aws_secret_access_key = amivetTest/PxfIWNq0mXsGt7+c2ota6L/Hq2NZM
END
echo 'token glpat-Xk29sLq0Zr7Tm4Wb1Yc8' | gzip -9n >var/log/app.log.3.gz
printf 'name = plain\n' >settings.txt
find . -exec touch -d '2026-01-02 03:04:05 UTC' {} +
options=(--owner=1000 --group=1000 --numeric-owner --sort=name)
for format in gnu pax ustar v7; do
  tar -c --format="$format" "${options[@]}" . | gzip -9n >"$out/$format.tar.gz"
done
find . -type f | sort | cpio -o -H newc 2>/dev/null >"$work/files.cpio"
find . -type f | sort | cpio -o -H odc 2>/dev/null | bzip2 -9 >"$out/odc.cpio.bz2"
xz -9 -c "$work/files.cpio" >"$out/newc.cpio.xz"
zstd -q -19 -c "$work/files.cpio" >"$out/newc.cpio.zst"
lz4 -q -9 -c "$work/files.cpio" >"$out/newc.cpio.lz4"
rm -f "$out/files.zip" "$out/locked.zip" "$out/files.7z" "$out/locked.7z" "$out/nested.zip" "$out/files.a"
zip -qrX "$out/files.zip" .
zip -qrX -P locked "$out/locked.zip" .
7z a -bd -mx=9 "$out/files.7z" . >/dev/null
7z a -bd -plocked -mhe=on "$out/locked.7z" . >/dev/null
(cd "$out" && ar rcD files.a gnu.tar.gz && zip -qX nested.zip files.a newc.cpio.xz)
mkdir -p "$work/deb/DEBIAN"
cp -a . "$work/deb/"
printf 'Package: amivet-sample\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@localhost>\nDescription: sample\n' >"$work/deb/DEBIAN/control"
dpkg-deb --root-owner-group -Zxz -b "$work/deb" "$out/files.deb" >/dev/null
cat >"$work/sample.spec" <<END
Name: sample
Version: 1
Release: 1
Summary: sample
License: none
BuildArch: noarch
%description
sample
%install
mkdir -p %{buildroot}
cp -a $work/tree/. %{buildroot}/
%files
/home/al/.aws/credentials
/var/log/app.log.3.gz
/settings.txt
END
rpmbuild --quiet -bb --define "_topdir $work/rpm" --define "_binary_payload w9.gzdio" "$work/sample.spec"
cp "$work"/rpm/RPMS/noarch/*.rpm "$out/files.rpm"
