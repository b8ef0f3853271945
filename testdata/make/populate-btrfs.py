#!/usr/bin/env python3
"""Fills a mounted btrfs with every shape that a reader must know.

    populate-btrfs.py MOUNTPOINT [PART…]

Parts: shapes (all kinds of files and names), extents (holes, preallocated, shared and overwritten
parts), many (a directory of 1500 names, 300 hard links), collisions (names of one hash), subvolumes
(nested, moved, snapshots, one deleted), text (files that compress). All of it is the same on every
run, but for inode times.
"""

import fcntl
import os
import random
import socket
import struct
import subprocess
import sys

FICLONERANGE = 0x4020940D


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def overwrite(path, offset, data):
    with open(path, "r+b") as file:
        file.seek(offset)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def clone(source, start, length, target, at):
    with open(source, "rb") as origin, open(target, "r+b") as copy:
        fcntl.ioctl(copy, FICLONERANGE, struct.pack("qQQQ", origin.fileno(), start, length, at))


def lines(count, word):
    return b"".join(b"%d %s of a text that compresses well\n" % (i, word) for i in range(count))


def shapes(noise):
    os.makedirs("dir/sub/deep")
    write("empty", b"")
    write("tiny", b"hello\n")
    write("inline", noise.randbytes(500) * 3)
    write("one-sector", b"s" * 4096)
    write("noise", noise.randbytes(9000))
    os.symlink("tiny", "link")
    os.symlink("t" * 3000, "dir/long-link")
    os.symlink("/absolute/target", "dir/absolute-link")
    os.link("tiny", "dir/tiny-again")
    os.mkfifo("fifo")
    os.mknod("char", 0o20644, os.makedev(5, 1))
    os.mknod("block", 0o60600, os.makedev(259, 70000))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
    for name in (b"caf\xc3\xa9", b"bad\xff\xfename", b"new\nline", b" space ", b"n" * 255, b"\x01"):
        write(name, name)
    os.chmod("tiny", 0o4711)
    os.chown("noise", 1000, 100000)
    # Beyond 2038, beyond 2106, and before 1970.
    for name, seconds in (("empty", 4102444800), ("noise", 16725225600), ("tiny", -34560000)):
        os.utime(name, ns=(seconds * 10**9 + 123456789,) * 2)
    os.setxattr("noise", "user.short", b"v")
    os.setxattr("noise", "user.none", b"")
    os.setxattr("noise", "user.long", noise.randbytes(900) * 3)
    os.setxattr("noise", "trusted.binary", b"\0\1")
    os.setxattr("dir", "user.on-directory", b"d")
    os.setxattr("noise", "security.capability", bytes.fromhex("01000002000400" + "00" * 13))


def extents(noise):
    os.mkdir("extents")
    os.chdir("extents")
    with open("holes", "wb") as file:
        file.write(b"x" * 5000)
        file.seek(100000)
        file.write(b"y" * 9000)
        file.truncate(1 << 21)
    with open("leading-hole", "wb") as file:
        file.seek(1 << 20)
        file.write(b"end")
    write("grown", b"g" * 100)
    os.truncate("grown", 70000)
    write("cut", b"c" * 100000)
    os.truncate("cut", 3333)
    write("preallocated", b"")
    subprocess.run(["fallocate", "-l", "524288", "preallocated"], check=True)
    overwrite("preallocated", 70000, b"P" * 10000)
    write("kept", b"")
    subprocess.run(["fallocate", "-n", "-l", "300000", "kept"], check=True)
    overwrite("kept", 0, b"q" * 50000)
    write("big", b"abcdefgh" * 100000 + noise.randbytes(6000) + b"xyz" * 20000)
    os.sync()
    subprocess.run(["cp", "--reflink=always", "big", "shared"], check=True)
    write("patchwork", b"C" * 200000)
    os.sync()
    clone("big", 65536, 65536, "patchwork", 16384)
    clone("big", 131072, 8192, "patchwork", 131072)
    overwrite("big", 150000, b"overwritten" * 1000)
    overwrite("big", 300001, noise.randbytes(3000))
    write("fragments", b"")
    for i in range(40):
        overwrite("fragments", (i * 7 % 40) * 4096, b"%04d" % i * 1024)
    os.chdir("..")


def many(_):
    os.mkdir("many")
    for i in range(1500):
        write("many/file-%04d" % i, b"%d" % i)
    for i in range(0, 1500, 3):
        os.remove("many/file-%04d" % i)
    os.mkdir("links")
    write("links/0", b"linked")
    for i in range(1, 300):
        os.link("links/0", "links/%d-%s" % (i, "x" * 60))


def crc32c_table():
    table = []
    for i in range(256):
        for _ in range(8):
            i = i >> 1 ^ (0x82F63B78 if i & 1 else 0)
        table.append(i)
    return table


def collisions(_):
    """Names that one crc32c stands for: any four bytes can be undone by four others."""
    table = crc32c_table()
    by_top = {entry >> 24: index for index, entry in enumerate(table)}

    def forward(state, data):
        for byte in data:
            state = state >> 8 ^ table[(state ^ byte) & 0xFF]
        return state

    def ending(state, wanted):
        indexes = []
        for _ in range(4):
            index = by_top[wanted >> 24]
            indexes.append(index)
            wanted = (wanted ^ table[index]) << 8 & 0xFFFFFFFF
        tail = bytearray()
        for index in reversed(indexes):
            tail.append((state ^ index) & 0xFF)
            state = state >> 8 ^ table[index]
        return bytes(tail)

    def alike(prefix):
        start = forward(0xFFFFFFFE, prefix)
        names = [prefix + b"first-name"]
        wanted = forward(start, b"first-name")
        for i in range(1000000):
            name = b"name-%d-" % i
            name += ending(forward(start, name), wanted)
            if name.isalnum() or name.replace(b"-", b"").isalnum():
                names.append(prefix + name)
            if len(names) == 4:
                return names

    os.mkdir("collisions")
    for name in alike(b""):
        write(b"collisions/" + name, name)
    for name in alike(b"user."):
        os.setxattr("collisions", name, name)


def subvolumes(_):
    def btrfs(*arguments):
        subprocess.run(["btrfs", "subvolume", *arguments], check=True, stdout=subprocess.DEVNULL)

    # As Fedora has it.
    btrfs("create", "root")
    btrfs("create", "home")
    os.makedirs("root/etc")
    write(
        "root/etc/fstab",
        b"LABEL=vol-fedora / btrfs compress=zstd:1,subvol=root 0 0\n"
        b"LABEL=vol-fedora /home btrfs subvol=/home 0 0\n",
    )
    write("root/etc/passwd", b"root:x:0:0::/root:/bin/bash\n")
    os.makedirs("home/alice")
    write("home/alice/.profile", b"# alice\n")
    write("root/notes", lines(300, b"line"))
    write("root/unchanged", lines(300, b"unchanged"))
    btrfs("create", "root/nested")
    write("root/nested/inside", b"inside\n")
    os.mkdir("root/var")
    btrfs("create", "root/var/cache")
    write("root/var/cache/entry", b"entry\n")
    os.sync()
    btrfs("snapshot", "root", "writable")
    btrfs("snapshot", "-r", "root", "read-only")
    write("root/notes", b"changed\n")
    os.remove("writable/notes")
    write("writable/new", b"new\n")
    btrfs("create", "gone")
    write("gone/file", b"gone\n")
    btrfs("delete", "gone")
    os.rename("root/nested", "moved")


def text(noise):
    os.mkdir("text")
    os.chdir("text")
    write("small", lines(40, b"small"))
    write("medium", lines(4000, b"medium"))
    write("large", lines(20000, b"large"))
    write("mixed", lines(2000, b"head") + noise.randbytes(5000) + lines(2000, b"tail"))
    write("zeros", bytes(300000))
    with open("sparse", "wb") as file:
        file.write(lines(100, b"start"))
        file.seek(1 << 20)
        file.write(lines(3000, b"end"))
    os.sync()
    write("clone", b"\n" * 400000)
    os.sync()
    clone("large", 262144 + 8192, 131072, "clone", 4096)
    overwrite("medium", 50000, b"overwritten in the middle of a compressed extent\n")
    os.chdir("..")


PARTS = {
    part.__name__: part for part in (shapes, extents, many, collisions, subvolumes, text)
}


def main(arguments):
    os.chdir(arguments[0])
    for name in arguments[1:] or PARTS:
        PARTS[name](random.Random(7))


if __name__ == "__main__":
    main(sys.argv[1:])
