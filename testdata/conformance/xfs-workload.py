#!/usr/bin/env python3
"""Changes a mounted XFS at random, to leave a full log behind.

    xfs-workload.py MOUNTPOINT SEED OPERATIONS

The same seed makes the same changes. Everything is made up.
"""

import fcntl
import os
import random
import subprocess
import sys

top, seed, operations = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
dice = random.Random(seed)
block = os.statvfs(top).f_bsize
folders = [top]
files = []
count = 0


def fresh(folder=None):
    global count
    count += 1
    name = "%d-%s" % (count, "n" * dice.choice((1, 4, 30, 200)))
    return os.path.join(folder or dice.choice(folders), name)


def any_file():
    return dice.choice(files) if files else create()


def create():
    path = fresh()
    with open(path, "wb") as file:
        file.write(b"%08d" % count * dice.choice((0, 1, 10, 1000, 9000)))
        if dice.random() < 0.3:
            os.fsync(file.fileno())
    files.append(path)
    return path


def make_folder():
    if len(folders) < 60:
        path = fresh()
        os.mkdir(path)
        folders.append(path)


def fill_folder():
    path = fresh()
    os.mkdir(path)
    folders.append(path)
    for i in range(dice.choice((10, 80, 400, 1500))):
        os.link(any_file(), os.path.join(path, "%05d-%s" % (i, "l" * (i % 60)))) if i % 3 else files.append(
            write_small(os.path.join(path, "%05d" % i))
        )


def write_small(path):
    with open(path, "wb") as file:
        file.write(b"s" * dice.randrange(300))
    return path


def empty_folder():
    path = dice.choice(folders)
    if path == top:
        return
    for name in os.listdir(path):
        child = os.path.join(path, name)
        if not os.path.isdir(child) or os.path.islink(child):
            os.unlink(child)
            if child in files:
                files.remove(child)
    if not os.listdir(path):
        os.rmdir(path)
        folders.remove(path)


def remove():
    path = any_file()
    os.unlink(path)
    files.remove(path)


def rename():
    path = any_file()
    target = fresh() if dice.random() < 0.7 else any_file()
    if target != path:
        os.rename(path, target)
        files.remove(path)
        if target not in files:
            files.append(target)


def truncate():
    os.truncate(any_file(), dice.choice((0, 1, 5000, 100_000)))


def attributes():
    path = any_file()
    for i in range(dice.choice((1, 3, 30))):
        value = os.urandom(0) + b"v" * dice.choice((1, 20, 300, 3000))
        try:
            os.setxattr(path, "user.%d" % dice.randrange(40), value)
        except OSError:
            pass


def remove_attributes():
    path = any_file()
    for name in os.listxattr(path):
        os.removexattr(path, name)


def symlink():
    path = fresh()
    os.symlink("t" * dice.choice((1, 30, 200, 330, 900, 1020)), path)
    files.append(path)


def special():
    path = fresh()
    os.mknod(path, dice.choice((0o010600, 0o020600, 0o060600, 0o140600)), os.makedev(7, dice.randrange(300)))
    os.unlink(path) if dice.random() < 0.3 else None


def inode():
    path = any_file()
    if not os.path.islink(path):
        os.chmod(path, dice.randrange(0o7777))
        os.utime(path, ns=(1, dice.randrange(4_000_000_000_000_000_000)))
    os.chown(path, dice.randrange(1 << 31), dice.randrange(1 << 31), follow_symlinks=False)


def fragments():
    path = fresh()
    with open(path, "wb") as file:
        for i in range(dice.choice((3, 30, 120))):
            file.seek(i * 2 * block)
            file.write(b"fragment")
            os.fsync(file.fileno())
    files.append(path)


def preallocate():
    path = any_file()
    if not os.path.islink(path) and os.path.isfile(path):
        subprocess.run(["fallocate", "-l", str(block * dice.randrange(1, 40)), path], check=False)
        if dice.random() < 0.5:
            hole = ["-p", "-o", str(block), "-l", str(block * 2)]
            subprocess.run(["fallocate", *hole, path], check=False)


def clone():
    source, target = any_file(), fresh()
    if not os.path.islink(source) and os.path.isfile(source):
        with open(source, "rb") as a, open(target, "wb") as b:
            try:
                fcntl.ioctl(b.fileno(), 0x40049409, a.fileno())  # FICLONE
            except OSError:
                pass
        files.append(target)


def sync():
    subprocess.run(["sync", "-f", top], check=True)


def settle():
    """Freezing writes all back, so that what comes after is in the log alone."""
    subprocess.run(["xfs_freeze", "-f", top], check=True)
    subprocess.run(["xfs_freeze", "-u", top], check=True)


choices = (
    [create] * 12
    + [make_folder, fill_folder, empty_folder, fragments, preallocate, clone, special]
    + [remove] * 6
    + [rename] * 4
    + [truncate] * 3
    + [attributes] * 4
    + [remove_attributes, symlink, symlink, inode, inode, inode]
)
for i in range(operations):
    if i == operations // 2:
        settle()
    try:
        dice.choice(choices)()
    except OSError as e:
        if e.errno not in (2, 17, 20, 28, 36, 39, 40, 95):
            raise
    if dice.random() < 0.01:
        sync()
