#!/usr/bin/env bash
# Makes the disk-*.img.gz fixtures: one small disk in every format that amivet reads as a source, as
# qemu-img and tar write them, and some images that it has to refuse. Needs qemu-img, mke2fs,
# sfdisk, python3; not root.
#   ./make-disks.sh [OUTPUT_FOLDER]
set -euo pipefail
export LC_ALL=C TZ=UTC PATH="$PATH:/usr/sbin:/sbin" E2FSPROGS_FAKE_TIME=1700000000
out="$(realpath "${1:-$(dirname "$0")/../src/main/resources/images}")"
here="$(realpath "$(dirname "$0")")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

# A partition table and a file system of 1 MiB; the end of the disk is no multiple of any cluster,
# and its last sectors hold data.
base() {
  mkdir -p tree/etc tree/var
  echo fixture > tree/etc/hostname
  printf 'root:x:0:0:root:/root:/bin/sh\n' > tree/etc/passwd
  python3 -c 'import random,sys; sys.stdout.buffer.write(random.Random(7).randbytes(3000))' > tree/var/noise
  find tree -exec touch -h -d @1700000000 {} +
  truncate -s $((3 * 1048576 + 5 * 512)) disk.raw
  echo 'label-id: 0x12345678
start=2048, size=2048, type=83' | sfdisk -q --no-reread disk.raw
  truncate -s 1M fs && mke2fs -q -t ext2 -b 1024 -L root -U 11111111-2222-4333-8444-555555555520 \
    -E root_owner=0:0,hash_seed=11111111-2222-4333-8444-555555555521 -d tree fs
  dd if=fs of=disk.raw bs=1M seek=1 conv=notrunc,sparse status=none
  printf 'the last sectors' | dd of=disk.raw bs=512 seek=$((6144 + 4)) conv=notrunc status=none
  fallocate -d disk.raw
}

keep() { gzip -9n < "$1" > "$out/disk-$2.img.gz"; }

# What amivet has to read, proved by qemu-img to hold the same disk.
convert() { # name format options
  qemu-img convert -q ${4:-} -O "$2" ${3:+-o "$3"} disk.raw "$1"
  qemu-img compare -q -f raw -F "$2" disk.raw "$1"
  keep "$1" "$1"
}

formats() {
  convert qcow2-v2 qcow2 compat=0.10
  convert qcow2-v3 qcow2
  convert qcow2-512 qcow2 cluster_size=512
  convert qcow2-2m qcow2 cluster_size=2M
  convert qcow2-deflate qcow2 "" -c
  convert qcow2-zstd qcow2 compression_type=zstd -c
  convert qcow2-subclusters qcow2 extended_l2=on,cluster_size=16k
  convert vmdk-sparse vmdk subformat=monolithicSparse
  convert vmdk-stream vmdk subformat=streamOptimized
  convert vhd-fixed vpc subformat=fixed,force_size=on
  convert vhd-dynamic vpc subformat=dynamic,force_size=on
  convert vhdx-fixed vhdx subformat=fixed
  convert vhdx-dynamic vhdx
  convert vdi-dynamic vdi
  convert vdi-static vdi static=on
}

# A VHDX whose block table is only in its log; qemu-img plays it back into a copy as the oracle.
vhdx_log() {
  python3 "$here/vhdx-log.py" vhdx-dynamic vhdx-log
  cp vhdx-log replayed && qemu-img check -q -r all -f vhdx replayed
  qemu-img compare -q -f raw -F vhdx disk.raw replayed
  keep vhdx-log vhdx-log
}

# Zero clusters over data, and a snapshot of what was there before: neither may show.
qcow2_history() {
  qemu-img convert -q -O qcow2 disk.raw history
  qemu-img snapshot -c before history
  qemu-io -f qcow2 -c 'write -q -P 0x5a 0 64k' -c 'write -q -z 64k 128k' -c 'discard -q 1M 64k' history > /dev/null
  qemu-img convert -q -f qcow2 -O raw history history.raw
  keep history qcow2-history && keep history.raw qcow2-history-raw
}

archives() {
  for form in "gnu --format=gnu" "pax00 --format=posix --sparse-version=0.0" \
    "pax01 --format=posix --sparse-version=0.1" "pax10 --format=posix --sparse-version=1.0"; do
    set -- $form && name="$1" && shift
    tar -S "$@" --mtime=@1700000000 --owner=0 --group=0 --numeric-owner \
      ${name:+$(case "$name" in pax*) echo --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime;; esac)} \
      -cf "tar-$name" disk.raw
    keep "tar-$name" "tar-$name"
  done
  cp vmdk-stream box-disk1.vmdk && cp vmdk-sparse box-disk2.vmdk
  cat > box.ovf <<'XML'
<?xml version="1.0"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
  <References>
    <File ovf:href="box-disk1.vmdk" ovf:id="file1"/>
    <File ovf:href="box-disk2.vmdk" ovf:id="file2"/>
  </References>
  <DiskSection>
    <Disk ovf:diskId="system" ovf:fileRef="file2"/>
    <Disk ovf:diskId="data" ovf:fileRef="file1"/>
  </DiskSection>
</Envelope>
XML
  tar --format=ustar --mtime=@1700000000 --owner=0 --group=0 --numeric-owner -cf ova box.ovf box-disk1.vmdk box-disk2.vmdk
  keep ova ova
}

refused() {
  qemu-img create -q -f qcow2 -F raw -b /etc/hostname backing 1M && keep backing refused-backing
  qemu-img create -q -f qcow2 -o data_file=outside,data_file_raw=on external 1M && keep external refused-external
  qemu-img create -q -f qcow2 --object secret,id=k,data=test-only -o encrypt.format=luks,encrypt.key-secret=k,encrypt.iter-time=10 luks 64k \
    && truncate -s 4K luks && keep luks refused-luks
}

base
keep disk.raw raw
formats
vhdx_log
qcow2_history
archives
refused
