#!/usr/bin/env python3
"""Fills a mounted XFS with one of everything that its reader must tell apart.

    populate-xfs.py MOUNTPOINT PART…

Each PART is the name of a function below. Contents are made up and compress well.
"""

import fcntl
import os
import re
import stat
import subprocess
import sys

top = sys.argv[1].encode()


def path(*names):
    return os.path.join(top, *names)


def put(name, data):
    with open(path(name), "wb") as file:
        file.write(data)


def basic():
    """Every file type, modes, owners, times before and after the 32-bit epoch, odd names."""
    os.mkdir(path(b"etc"))
    put(b"etc/motd", b"synthetic test image\n")
    put(b"etc/empty", b"")
    put(b"etc/large", b"".join(b"line %07d\n" % i for i in range(20000)))
    os.link(path(b"etc/motd"), path(b"etc/motd.link"))
    os.symlink(b"motd", path(b"etc/fast"))
    os.symlink(b"/" + b"/".join([b"t" * 99] * 9), path(b"etc/remote"))
    os.mkfifo(path(b"fifo"))
    os.mknod(path(b"null"), 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    os.mknod(path(b"disk"), 0o660 | stat.S_IFBLK, os.makedev(259, 70000))
    os.mknod(path(b"socket"), 0o755 | stat.S_IFSOCK)
    put(b"\xff\xfe not utf-8", b"x")
    put(b"n" * 255, b"longest name")
    os.chmod(path(b"etc/motd"), 0o4711)
    os.chown(path(b"etc/large"), 4000000000, 65534)
    os.utime(path(b"etc/empty"), ns=(1, -1_000_000_001))
    os.utime(path(b"etc/large"), ns=(2, 2_000_000_000_123_456_789))


def far_times():
    """After 2038, which needs bigtime."""
    put(b"far", b"")
    os.utime(path(b"far"), ns=(2_600_000_000_000_000_001, 4_000_000_000_987_654_321))


def directories(counts=(1, 5, 50, 300, 1024, 2200)):
    """Short form, block, leaf, node, and several data blocks, with freed entries among them."""
    put(b"linked", b"one file of many names\n")
    for count in counts:
        folder = b"dir%d" % count
        os.mkdir(path(folder))
        for i in range(count):
            os.link(path(b"linked"), path(folder, b"n%05d" % i))
    for i in range(0, 300, 7):
        os.unlink(path(b"dir300", b"n%05d" % i))


def few_directories():
    directories((5, 300, 700))


def big_directory():
    """About 8000 short names, in blocks scattered by files made between them."""
    os.mkdir(path(b"big"))
    os.mkdir(path(b"between"))
    for i in range(8000):
        os.link(path(b"linked"), path(b"big", b"%d" % i))
        if i % 40 == 0:
            os.sync() if i % 400 == 0 else None
            put(b"between/%d" % i, b"%d" % i * 900)


def scattered_directory():
    """A directory whose blocks lie apart, so that its own map needs a tree."""
    os.mkdir(path(b"scattered"))
    os.mkdir(path(b"spacers"))
    for i in range(1500):
        put(b"scattered/" + b"%04d" % i + b"x" * 100, b"")
        with open(path(b"spacers/%d" % (i % 8)), "ab") as file:
            file.write(b"%04d" % i * 256)
            file.flush()
            os.fsync(file.fileno())


def attributes():
    """In the inode, in a leaf, remote, in nodes, and a fork left empty."""
    put(b"attrs-inline", b"")
    os.setxattr(path(b"attrs-inline"), "user.a", b"1")
    os.setxattr(path(b"attrs-inline"), "trusted.b", b"2")
    os.setxattr(path(b"attrs-inline"), "security.capability", bytes.fromhex("0100000200040000" + "00" * 12))
    put(b"attrs-leaf", b"")
    for i in range(12):
        os.setxattr(path(b"attrs-leaf"), "user.leaf%d" % i, b"v%d" % i * 50)
    put(b"attrs-remote", b"")
    os.setxattr(path(b"attrs-remote"), "user.remote", b"0123456789" * 600)
    put(b"attrs-node", b"")
    for i in range(150):
        os.setxattr(path(b"attrs-node"), "user.%s%d" % ("n" * 60, i), b"value %d" % i * 12)
    os.setxattr(path(b"etc"), "user.on-a-directory", b"yes")
    subprocess.run(["setfacl", "-m", "u:1234:r", path(b"etc/motd")], check=True)


def largest_attribute():
    put(b"attrs-largest", b"")
    os.setxattr(path(b"attrs-largest"), "user.largest", b"z" * 65536)


def empty_attribute_fork():
    """A default ACL makes the kernel prepare the fork; one that says no more than the mode is then
    not stored. What stays is a fork in extents format without any extent."""
    os.mkdir(path(b"acl"))
    subprocess.run(["setfacl", "-d", "-m", "u::rwx,g::rx,o::rx", path(b"acl")], check=True)
    put(b"acl/attrs-empty", b"")
    alternate(b"acl/attrs-empty", 80)


def holes():
    """More free ranges than fit in one block of the free-space tree."""
    block = os.statvfs(top).f_bsize
    with open(path(b"holes"), "wb") as file:
        os.posix_fallocate(file.fileno(), 0, 1024 * block)
    for i in range(0, 1024, 4):
        hole = ["-p", "-o", str(i * block), "-l", str(2 * block)]
        subprocess.run(["fallocate", *hole, path(b"holes")], check=True)


def far_past():
    """The ends of both kinds of time stamps: 1901 and 2038, 2486 where bigtime reaches so far."""
    for name, seconds in (b"y1901", -(1 << 31)), (b"y2038", (1 << 31) - 1), (b"y2486", 16299260424):
        put(name, b"")
        os.utime(path(name), ns=(seconds * 10**9, seconds * 10**9 + 999_999_999))


def symlinks():
    """Targets of all lengths around the change from inside the inode to a block, up to the longest."""
    os.mkdir(path(b"links"))
    for length in list(range(1, 20)) + list(range(150, 420, 9)) + [800, 984, 1022, 1023]:
        target = b"/".join([b"t" * 99] * 11)[:length]
        os.symlink(target, path(b"links", b"%d" % length))
    # An attribute fork takes room from the target.
    subprocess.run(["setfattr", "-h", "-n", "trusted.link", "-v", "v" * 90, path(b"links", b"150")], check=True)


def shrunk_directories():
    """Directories that were large once: fewer names in the forms of more, holes between blocks."""
    put(b"source", b"one file of many names\n")
    for kept in (0, 1, 10, 80, 400):
        folder = b"shrunk%d" % kept
        os.mkdir(path(folder))
        for i in range(1800):
            os.link(path(b"source"), path(folder, b"%04d" % i + b"y" * 40))
        for i in range(1800):
            if i % 1800 >= kept:
                os.unlink(path(folder, b"%04d" % ((i * 7) % 1800) + b"y" * 40))


def odd_names():
    os.mkdir(path(b"odd"))
    for name in (b"new\nline", b"tab\t", b"latin-1-\xe9", b" ", b"-", b"...", b"\x01", b"a" * 255, b"\\", b'"'):
        put(b"odd/" + name, name)
    for i in range(1, 256, 6):
        put(b"odd/" + b"l" * i, b"")
    deep = b"odd"
    for i in range(60):
        deep += b"/d%d" % i
        os.mkdir(path(deep))
    put(deep + b"/end", b"the end\n")


def wide_inode_numbers():
    """A short-form directory whose children lie in other groups."""
    for i in range(40):
        os.mkdir(path(b"group%02d" % i))
        put(b"group%02d/child" % i, b"%d" % i)
    for i in range(40):
        os.rename(path(b"group%02d/child" % i), path(b"group%02d/child%d" % ((i + 7) % 40, i)))


def acls():
    os.mkdir(path(b"acls"))
    for i in range(30):
        put(b"acls/%d" % i, b"")
        rules = ",".join("u:%d:rw" % (1000 + k) for k in range(i))
        if rules:
            subprocess.run(["setfacl", "-m", rules, path(b"acls/%d" % i)], check=True)
    subprocess.run(["setfacl", "-d", "-m", "u:1234:rwx,g:55:r", path(b"acls")], check=True)
    put(b"acls/inherits", b"")
    os.mkdir(path(b"acls/below"))


def removed_attributes():
    """Forks that were a tree or a leaf once."""
    for kept in (0, 1, 20):
        name = b"attrs-removed-%d" % kept
        put(name, b"")
        for i in range(120):
            os.setxattr(path(name), "user.%s%d" % ("r" * 50, i), b"value %d" % i * 30)
        for i in range(kept, 120):
            os.removexattr(path(name), "user.%s%d" % ("r" * 50, i))


def holes_at_the_end():
    """A few blocks far apart, and a hole at the end."""
    with open(path(b"holes-at-the-end"), "wb") as file:
        for at in (0, 5_000_000, 40 << 20):
            file.seek(at)
            file.write(b"at %d" % at)
        file.truncate((40 << 20) + 99_999)


def fragmented_preallocation():
    """Written, unwritten and missing blocks in turn, and a middle punched out."""
    block = os.statvfs(top).f_bsize
    with open(path(b"patchwork"), "wb") as file:
        os.posix_fallocate(file.fileno(), 0, 90 * block)
        for i in range(0, 90, 3):
            file.seek(i * block + 17)
            file.write(b"w%d" % i * 5)
            os.fsync(file.fileno())
    for i in range(1, 90, 6):
        hole = ["-p", "-o", str(i * block), "-l", str(block)]
        subprocess.run(["fallocate", *hole, path(b"patchwork")], check=True)
    subprocess.run(["fallocate", "-c", "-o", str(30 * block), "-l", str(6 * block), path(b"patchwork")], check=True)


def renames():
    """The same few names changed over and over, until a small log has wrapped."""
    os.mkdir(path(b"renames"))
    for i in range(24):
        put(b"renames/%d" % i, b"%d" % i)
    folder = os.open(path(b"renames"), os.O_RDONLY)
    for i in range(2600):
        os.rename(path(b"renames/%d" % i), path(b"renames/%d" % (i + 24)))
        os.fsync(folder)


def alternate(name, count):
    """Writes every other block, so that each is an extent of its own."""
    block = os.statvfs(top).f_bsize
    with open(path(name), "wb") as file:
        for i in range(count):
            file.seek(2 * i * block)
            file.write(b"%08d" % i * (block // 8))
        file.truncate(2 * count * block + 12345)
        os.fsync(file.fileno())


def extents():
    alternate(b"btree-one-level", 100)


def deep_tree():
    alternate(b"btree-deep", 1600)


def unwritten():
    """Preallocated blocks over stale data, written in the middle only."""
    block = os.statvfs(top).f_bsize
    put(b"stale", b"STALE-CONTENT!!\n" * (64 * block // 16))
    os.sync()
    os.unlink(path(b"stale"))
    os.sync()
    with open(path(b"unwritten"), "wb") as file:
        os.posix_fallocate(file.fileno(), 0, 64 * block)
        file.seek(10 * block)
        file.write(b"written" * 100)
    with open(path(b"past-end"), "wb") as file:
        file.write(b"short")
        file.flush()
        # FALLOC_FL_KEEP_SIZE: blocks past the end of the file.
        subprocess.run(["fallocate", "-n", "-l", str(32 * block), path(b"past-end")], check=True)


def reflinks():
    put(b"shared", b"shared block\n" * 3000)
    with open(path(b"shared"), "rb") as source, open(path(b"clone"), "wb") as target:
        fcntl.ioctl(target.fileno(), 0x40049409, source.fileno())  # FICLONE
    with open(path(b"clone"), "r+b") as target:
        target.seek(8192)
        target.write(b"own block")


def extents_of(name, block):
    """Extents of a file: first block in the file, first block on the disk, number of blocks."""
    command = ["xfs_bmap", path(name)]
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n"):
        numbers = re.findall(r"\[(\d+)\.\.(\d+)\]: (\d+)\.\.", line)
        if numbers:
            first, last, start = (int(n) * 512 // block for n in numbers[0])
            yield first, start, last - first + 1


def fragmented_directory():
    """Free space in pieces of two blocks, and a directory whose own blocks are of eight."""
    block = os.statvfs(top).f_bsize
    subprocess.run(["xfs_io", "-x", "-c", "resblks 0", top], check=True, stdout=subprocess.DEVNULL)
    put(b"linked", b"one file of many names\n")
    os.mkdir(path(b"pieces"))
    for i in range(60):
        os.link(path(b"linked"), path(b"pieces", b"%03d" % i + b"x" * 100))
    size = fill_up(block)
    for at in range(0, size // block - 8, 8):
        hole = ["-p", "-o", str(at * block), "-l", str(2 * block)]
        subprocess.run(["fallocate", *hole, path(b"fill")], check=True)
    os.sync()
    for i in range(60, 700):
        os.link(path(b"linked"), path(b"pieces", b"%03d" % i + b"x" * 100))


def fill_up(block):
    """Preallocates all there is in one file, and returns its size."""
    size = 0
    with open(path(b"fill"), "wb") as file:
        for step in (1024, 64, 8, 1):
            try:
                while True:
                    os.posix_fallocate(file.fileno(), size, step * block)
                    size += step * block
            except OSError:
                pass
        file.flush()
        os.fsync(file.fileno())
    return size


def many_attributes():
    """So many that the tree over their leaves needs a second level."""
    put(b"attrs-deep", b"")
    for i in range(900):
        os.setxattr(path(b"attrs-deep"), "user.%s%d" % ("d" * 60, i), b"value %d" % i * 20)


def sparse_chunks():
    """Leaves only short runs of free blocks, so that inode chunks are allocated in part."""
    block = os.statvfs(top).f_bsize
    subprocess.run(["xfs_io", "-x", "-c", "resblks 0", top], check=True, stdout=subprocess.DEVNULL)
    os.mkdir(path(b"sparse"))
    fill_up(block)
    # The runs are a block too short for a chunk of 64 inodes of 512 bytes. They start where half a
    # chunk may start (sb_spino_align), and are no shorter because the kernel takes no run that half
    # a chunk would not fit in wherever it began (xfs_alloc_space_available).
    half = 32 * 512 // block
    for first, start, length in extents_of(b"fill", block):
        for at in range(-start % half, length - 3 * half, 3 * half):
            hole = ["-p", "-o", str((first + at) * block), "-l", str((2 * half - 1) * block)]
            subprocess.run(["fallocate", *hole, path(b"fill")], check=True)
    os.sync()
    for i in range(400):
        put(b"sparse/%d" % i, b"")


for part in sys.argv[2:]:
    globals()[part]()
