#!/usr/bin/env python3
"""Fills a folder with what an ext2, ext3 or ext4 reader gets wrong first.

    fill-ext.py FOLDER [--block BYTES] [--names COUNT] [--subfolders COUNT] [--triple] [--huge]
                       [--largest-attribute BYTES]

FOLDER is a mounted file system, or a plain folder for `mke2fs -d`. What the file system below cannot
take (a long symbolic link, fallocate on ext2, a large attribute) is left out. Needs root.
"""

import argparse
import os
import socket
import stat
import struct
import subprocess

FALLOC_FL_KEEP_SIZE = 1
FALLOC_FL_PUNCH_HOLE = 2
FALLOC_FL_ZERO_RANGE = 16

TIMES_S = [
    -(1 << 31),
    -1,
    0,
    1,
    (1 << 31) - 1,
    1 << 31,
    (1 << 32) - 1,
    1 << 32,
    4102444800,
    (1 << 33) - 1,
    1 << 33,
    (3 << 32) + (1 << 31) - 1,
]


def lines(name, size):
    text = b"".join(b"%s line %06d\n" % (name.encode(), i) for i in range(size // 10 + 1))
    return text[:size]


def optional(action, *arguments, **named):
    """Does what the file system at hand may refuse."""
    try:
        return action(*arguments, **named)
    except OSError:
        return None


def write(path, data, at=0):
    fd = os.open(path, os.O_CREAT | os.O_WRONLY, 0o644)
    os.pwrite(fd, data, at)
    os.close(fd)


class Filler:
    def __init__(self, options):
        self.options = options
        self.block = options.block
        self.top = options.folder

    def path(self, *names):
        path = os.path.join(self.top, *names)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def small_files(self):
        for size in [*range(0, 170), 255, 256, 511, 512, 1023, 1024, 1025]:
            write(self.path("small", "file-%04d" % size), lines("s%d" % size, size))
        for size in (4095, 4096, 4097, 65535, 65536, 65537, 1 << 20):
            write(self.path("sizes", "file-%d" % size), lines("size", size))

    def folders(self):
        for count in [*range(0, 14), 40, 400]:
            folder = self.path("folders", "with-%d" % count, "x")[:-2]
            for i in range(count):
                write(os.path.join(folder, "entry-%d" % i), b"")
        emptied = self.path("folders", "emptied", "x")[:-2]
        for i in range(300):
            write(os.path.join(emptied, "entry-%d" % i), b"e")
        for i in range(300):
            os.unlink(os.path.join(emptied, "entry-%d" % i))
        thinned = self.path("folders", "thinned", "x")[:-2]
        for i in range(300):
            write(os.path.join(thinned, "entry-%d" % i), b"e")
        for i in range(0, 300, 3):
            os.unlink(os.path.join(thinned, "entry-%d" % i))
        for i in range(0, 300, 9):
            write(os.path.join(thinned, "n%d" % i), b"again")
        write(self.path(*["deep-%d" % i for i in range(60)], "file"), b"deep")

    def names(self):
        odd = [bytes([c]) for c in range(1, 256) if c not in b"./"]
        odd += [b"...", b"..a", b".a", b" ", b"a b", b"\xff\xfe", b"\xc3\xa9", b"e\xcc\x81", b"n" * 255]
        odd += [b"\xf0\x9f\x92\xa9" * 63, b"\\x41", b"new\nline", b"tab\t", b"\x1b[31m"]
        for i, name in enumerate(odd):
            optional(write, os.fsencode(self.path("odd", "x"))[:-1] + name, b"%d" % i)
        folder = self.path("many", "x")[:-2]
        for i in range(self.options.names):
            os.mknod(os.path.join(folder, "a-name-of-%d-%s" % (i, "x" * (i % 40))), 0o644)
        for i in range(0, self.options.names, 7):
            os.unlink(os.path.join(folder, "a-name-of-%d-%s" % (i, "x" * (i % 40))))
        for i in range(self.options.subfolders):
            os.makedirs(self.path("wide", "%d" % i))

    def links(self):
        for size in [*range(1, 70), 100, 127, 128, 200, 255, 1000, 1023, 1024, 2047, 4094, 4095]:
            optional(os.symlink, ("t%d-" % size + "x" * size)[:size], self.path("links", "l-%d" % size))
        os.symlink(b"not-utf8-\xff\xfe", os.fsencode(self.path("links", "latin")))
        write(self.path("links", "first"), b"linked")
        for i in range(50):
            os.link(self.path("links", "first"), self.path("links", "hard-%d" % i))
        os.makedirs(self.path("links", "folder"))
        os.link(self.path("links", "l-60"), self.path("links", "hard-symlink"))

    def specials(self):
        for major, minor in ((1, 3), (8, 1), (255, 255), (256, 0), (0, 256), (259, 65535), (4095, 7), (5, 1048575)):
            os.mknod(self.path("dev", "c-%d-%d" % (major, minor)), stat.S_IFCHR | 0o600, os.makedev(major, minor))
            os.mknod(self.path("dev", "b-%d-%d" % (major, minor)), stat.S_IFBLK | 0o660, os.makedev(major, minor))
        os.mkfifo(self.path("dev", "fifo"))
        with socket.socket(socket.AF_UNIX) as unix:
            here = os.getcwd()
            os.chdir(self.path("dev", "x")[:-2])
            unix.bind("socket")
            os.chdir(here)

    def modes(self):
        for mode in (0, 0o1777, 0o2755, 0o4755, 0o6711, 0o7777, 0o644):
            path = self.path("modes", "%04o" % mode)
            write(path, b"mode")
            os.chmod(path, mode)
        for uid, gid in ((0, 0), (1000, 1000), (65535, 65536), (70000, 3000000000), (4294967294, 4294967294)):
            path = self.path("modes", "%d-%d" % (uid, gid))
            write(path, b"owner")
            os.chown(path, uid, gid)

    def holes(self):
        b = self.block
        per = b // 4
        edges = [0, 11, 12, 13, 12 + per - 1, 12 + per, 12 + per + 1, 12 + 2 * per, 12 + 3 * per + 5]
        if self.options.triple:
            edges += [12 + per + per * per - 1, 12 + per + per * per, 12 + per + per * per + per + 1]
        path = self.path("holes", "edges")
        for edge in edges:
            write(path, b"block %d" % edge, edge * b)
        os.truncate(path, (edges[-1] + 40) * b + 17)
        for i, (size, data_at) in enumerate(
            ((b * 3, b), (b * 30 + 1, b * 13), (b * 5, 0), (b * 5, b * 4), (1 << 20, 0), (b * 400, b * 200))
        ):
            path = self.path("holes", "file-%d" % i)
            write(path, lines("hole", min(b, 500)), data_at)
            os.truncate(path, size)
        if self.options.huge:
            # A size and an offset that need more than 32 bits.
            path = self.path("holes", "huge")
            write(path, b"beyond", (1 << 32) + 12345)
            os.truncate(path, (1 << 32) + (3 << 20) + 7)
        path = self.path("holes", "only")
        write(path, b"")
        os.truncate(path, 3 << 20)
        path = self.path("holes", "cut")
        write(path, lines("cut", b * 20))
        os.truncate(path, b * 7 + 3)
        os.truncate(path, b * 15)

    def allocation(self):
        b = self.block

        def allocated(name, size, *steps):
            path = self.path("allocation", name)
            fd = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
            os.pwrite(fd, lines(name, size), 0)
            for mode, at, length in steps:
                optional(fallocate, fd, mode, at, length)
            os.close(fd)

        allocated("plain", 0, (0, 0, b * 50))
        allocated("keep-size", 100, (FALLOC_FL_KEEP_SIZE, 0, b * 90))
        allocated("behind", b * 3, (0, b * 3, b * 20))
        allocated("punched", b * 40, (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, b * 5, b * 9))
        allocated("zeroed", b * 40, (FALLOC_FL_ZERO_RANGE, b * 11 + 5, b * 9))
        path = self.path("allocation", "written-inside")
        fd = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
        optional(fallocate, fd, 0, 0, b * 200)
        for i in range(3, 190, 17):
            os.pwrite(fd, b"inside %d" % i, i * b + i)
        os.close(fd)

    def fragments(self):
        fd = os.open(self.path("fragments", "alternate"), os.O_CREAT | os.O_WRONLY, 0o644)
        # More pieces than four leaves below the inode hold, where that is affordable.
        pieces = min(5 * self.block // 12 + 20, (24 << 20) // self.block)
        for i in range(pieces):
            os.pwrite(fd, b"piece %d" % i, 2 * i * self.block)
        os.close(fd)
        # Two files that grow by turns share no long run.
        a = os.open(self.path("fragments", "one"), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o644)
        c = os.open(self.path("fragments", "two"), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o644)
        for i in range(40):
            os.write(a, lines("one%d" % i, self.block))
            os.fsync(a)
            os.write(c, lines("two%d" % i, self.block))
            os.fsync(c)
        os.close(a)
        os.close(c)

    def attributes(self):
        def put(path, name, value):
            if len(value) <= self.options.largest_attribute:
                optional(os.setxattr, path, name, value, follow_symlinks=False)

        for size in (0, 1, 4, 20, 40, 60, 100, 200, 500, 900, 2000, 3500):
            path = self.path("attributes", "one-%d" % size)
            write(path, lines("x", 50))
            put(path, "user.of-%d" % size, lines("v%d" % size, size))
        for count in (3, 8, 20, 45):
            path = self.path("attributes", "many-%d" % count)
            write(path, b"many")
            for i in range(count):
                put(path, "user.name-%d-%s" % (i, "n" * (i % 9)), lines("v%d" % i, i))
        path = self.path("attributes", "huge")
        write(path, b"huge")
        for size in (5000, 20000, 60000):
            put(path, "user.huge-%d" % size, lines("h", size))
        path = self.path("attributes", "kinds")
        write(path, b"kinds")
        put(path, "trusted.overlay.opaque", b"y")
        put(path, "security.capability", struct.pack("<IIIII", 0x02000001, 0x2000, 0, 0, 0))
        put(path, "security.selinux", b"system_u:object_r:etc_t:s0\0")
        put(path, "user." + "n" * 249, b"long name")
        os.symlink("short", self.path("attributes", "link"))
        put(self.path("attributes", "link"), "trusted.link", lines("l", 700))
        put(self.path("attributes", "link"), "security.selinux", b"system_u:object_r:etc_t:s0\0")
        os.symlink("s" * 59, self.path("attributes", "link-59"))
        put(self.path("attributes", "link-59"), "trusted.link", lines("l", 30))
        os.symlink("s" * 61, self.path("attributes", "link-61"))
        put(self.path("attributes", "link-61"), "trusted.link", lines("l", 300))
        os.makedirs(self.path("attributes", "folder"))
        put(self.path("attributes", "folder"), "user.folder", lines("f", 300))
        # The same block of attributes shared by many.
        for i in range(20):
            path = self.path("attributes", "same-%d" % i)
            write(path, b"")
            put(path, "user.same", lines("same", 400))
        write(self.path("attributes", "acl"), b"acl")
        for entry in ("u:1000:rw,g:2000:r,m::rwx", "u:70000:-,u:3:x"):
            subprocess.run(["setfacl", "-m", entry, self.path("attributes", "acl")], stderr=subprocess.DEVNULL)
        subprocess.run(
            ["setfacl", "-d", "-m", "u:1000:rwx", self.path("attributes", "folder")], stderr=subprocess.DEVNULL
        )

    def times(self):
        for i, seconds in enumerate(TIMES_S):
            path = self.path("times", "t-%d" % i)
            write(path, b"time")
            nanoseconds = (0, 1, 123456789, 999999999)[i % 4]
            optional(os.utime, path, ns=(seconds * 10**9, seconds * 10**9 + nanoseconds))


def fallocate(fd, mode, at, length):
    result = subprocess.run(
        ["fallocate", *flags(mode), "-o", str(at), "-l", str(length), "/proc/self/fd/%d" % fd],
        pass_fds=[fd],
        stderr=subprocess.DEVNULL,
    )
    if result.returncode != 0:
        raise OSError("fallocate is not supported")


def flags(mode):
    if mode & FALLOC_FL_PUNCH_HOLE:
        return ["-p"]
    if mode & FALLOC_FL_ZERO_RANGE:
        return ["-z"]
    return ["-n"] if mode & FALLOC_FL_KEEP_SIZE else []


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--block", type=int, default=4096)
    parser.add_argument("--names", type=int, default=1500)
    parser.add_argument("--subfolders", type=int, default=0)
    parser.add_argument("--triple", action="store_true")
    parser.add_argument("--huge", action="store_true")
    parser.add_argument("--largest-attribute", type=int, default=1 << 16)
    filler = Filler(parser.parse_args())
    os.umask(0o022)
    filler.small_files()
    filler.folders()
    filler.names()
    filler.links()
    filler.specials()
    filler.modes()
    filler.holes()
    filler.allocation()
    filler.fragments()
    filler.attributes()
    filler.times()


main()
