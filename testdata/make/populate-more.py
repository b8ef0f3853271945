#!/usr/bin/env python3
"""Fills a folder with the tree of the squashfs and EROFS test images: populate-more.py FOLDER"""

import os
import random
import socket
import sys

STAMP_NS = 1_000_000_000_123_456_789


def write(path, data, mode=0o644):
    os.makedirs(os.path.dirname(path) or b".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    os.chmod(path, mode)


def text(length):
    lines = b"".join(b"%d line of text %d\n" % (i * 7919 % 1000, i) for i in range(length // 12 + 1))
    return lines[:length]


def files(noise):
    write(b"empty", b"")
    for length in (1, 100, 4095, 4096, 4097, 70001, 131072):
        write(b"text/%d" % length, text(length))
    for length in (77, 4096, 9001):
        write(b"noise/%d" % length, noise.randbytes(length))
    write(b"mixed", b"A" * 50000 + noise.randbytes(9000) + bytes(70000) + b"the end of it, " * 3000)
    write(b"twice-1", b"duplicate " * 5000)
    write(b"twice-2", b"duplicate " * 5000)
    for path, start, length in ((b"holes", 140000, 300001), (b"only-a-hole", None, 200000)):
        with open(path, "wb") as file:
            if start is not None:
                file.seek(start)
                file.write(b"data")
            file.truncate(length)
    for i in range(300):
        write(b"many/file-%03d-%s" % (i, b"x" * (i % 60)), b"%d\n" % i * (i % 5))


def names():
    for name in (b"\xff\xfe latin", "ünï ☃ 😀".encode(), b"L" * 255, b"new\nline"):
        write(b"names/" + name, b"odd\n")
    os.makedirs(b"a/b/c/d/e/f/g")
    os.makedirs(b"nothing")
    os.symlink(b"text/100", b"link")
    os.symlink(b"/" + b"t/" * 1000, b"long-link")
    os.link(b"text/100", b"hard-1")
    os.link(b"text/100", b"a/hard-2")


def special():
    os.mknod(b"null", 0o020666, os.makedev(1, 3))
    os.mknod(b"big", 0o060600, os.makedev(300, 70000))
    os.mkfifo(b"fifo")
    socket.socket(socket.AF_UNIX).bind("sock")
    os.chmod(b"a", 0o1777)
    write(b"suid", b"#!/bin/sh\n", 0o4755)
    os.chown(b"suid", 100000, 4000000000)
    os.chown(b"link", 5, 6, follow_symlinks=False)


def attributes(noise):
    os.setxattr(b"mixed", b"user.one", b"value")
    os.setxattr(b"mixed", b"user.big", noise.randbytes(2000))
    os.setxattr(b"a", b"trusted.overlay.opaque", b"y")
    os.setxattr(b"link", b"trusted.of-a-link", b"value", follow_symlinks=False)
    capability = bytes.fromhex("0100000200040000000000000000000000000000")
    os.setxattr(b"suid", b"security.capability", capability)
    for i in range(20):
        path = b"many/file-%03d-%s" % (i, b"x" * (i % 60))
        os.setxattr(path, b"user.shared", b"the same value here " * 8)


def stamps():
    count = 0
    for folder, folders, names_here in os.walk(b".", topdown=False):
        for name in sorted(folders + names_here):
            moment = STAMP_NS + count * 86_399_123_456_789
            os.utime(os.path.join(folder, name), ns=(moment, moment), follow_symlinks=False)
            count += 1
    late = 4_102_444_800_000_000_000
    os.utime(b"empty", ns=(late, late))
    os.utime(b".", ns=(STAMP_NS, STAMP_NS))


def main(folder):
    os.chdir(folder)
    noise = random.Random(7)
    files(noise)
    names()
    special()
    attributes(noise)
    stamps()


if __name__ == "__main__":
    main(sys.argv[1])
