#!/bin/bash
# Makes an ext4 image with encrypted directories, and its listing by a kernel that lacks the key.
#
#   make-ext-fscrypt.sh [OUTPUT]          default: ../src/main/resources/images beside this script
#
# Needs root, e2fsprogs 1.47, python3 and a kernel with fscrypt.
set -euo pipefail
export LC_ALL=C TZ=UTC

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../src/main/resources/images}
work=$(mktemp -d)
mnt=$work/mnt
mkdir -p "$mnt" "$out"
trap 'mountpoint -q "$mnt" && umount "$mnt"; rm -rf "$work"' EXIT

truncate -s 8M "$work/image"
mke2fs -q -F -t ext4 -b 1024 -N 256 -O encrypt -J size=1 -L ext-fscrypt "$work/image"
mount -o loop "$work/image" "$mnt"
python3 - "$mnt" <<'PYTHON'
import fcntl
import os
import struct
import sys

FS_IOC_ADD_ENCRYPTION_KEY = 0xC0506617
FS_IOC_SET_ENCRYPTION_POLICY = 0x800C6613
AES_256_XTS, AES_256_CTS, PAD_32 = 1, 4, 3

top = sys.argv[1]
key = bytes(range(64))
argument = bytearray(struct.pack("<II32xII32x", 2, 0, len(key), 0) + key)
fd = os.open(top, os.O_RDONLY)
fcntl.ioctl(fd, FS_IOC_ADD_ENCRYPTION_KEY, argument)
os.close(fd)
identifier = bytes(argument[8:24])

vault = top + "/vault"
os.mkdir(vault)
fd = os.open(vault, os.O_RDONLY)
policy = struct.pack("<BBBB4x", 2, AES_256_XTS, AES_256_CTS, PAD_32) + identifier
fcntl.ioctl(fd, FS_IOC_SET_ENCRYPTION_POLICY, policy)
os.close(fd)
os.mkdir(top + "/plain")


def put(path, text):
    with open(path, "w") as file:
        file.write(text)


put(top + "/plain/file", "plain\n")
for length in (1, 20, 100, 149, 150, 200, 255):
    put(vault + "/" + "n" * length, "never to be read as text\n" * 90)
put(vault + "/empty", "")
for length in (1, 59, 300):
    os.symlink("t" * length, vault + "/link-%d" % length)
os.mkfifo(vault + "/fifo")
os.mknod(vault + "/null", 0o20666, os.makedev(1, 3))
os.makedirs(vault + "/one/two")
put(vault + "/one/two/deep", "deep")
# More than a block of names, so that a hash tree orders them.
os.mkdir(vault + "/many")
for i in range(150):
    put(vault + "/many/name-%d" % i, "")
PYTHON
umount "$mnt"
mount -o loop,ro "$work/image" "$mnt"
"$here/list-tree.py" --xattrs "$mnt" | gzip -9n >"$out/ext-fscrypt.listing.jsonl.gz"
umount "$mnt"
gzip -9n <"$work/image" >"$out/ext-fscrypt.img.gz"
ls -l "$out"/ext-fscrypt*
