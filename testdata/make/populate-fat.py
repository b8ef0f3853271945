#!/usr/bin/env python3
"""Fills a folder with the tree of the FAT test images, and prints how Linux shows that tree on vfat.

    populate-fat.py fill FOLDER
    populate-fat.py list FOLDER

The listing has the form of list-tree.py's, without inode numbers, and without sizes of directories.
It holds what make-more.sh adds to the images too.
"""

import datetime
import hashlib
import json
import os
import sys

STAMP = 1_600_000_000


def text(length):
    return b"".join(b"%d line of text\n" % (i * 7919 % 1000) for i in range(length // 15 + 1))[:length]


def fill(folder):
    os.makedirs(folder)
    os.chdir(folder)
    files = {
        "SHORT.TXT": text(10),
        "lower.txt": text(20),
        "MIXED.low": text(30),
        "low.UPP": text(40),
        "Long Name With Spaces.config": text(600),
        "ünïcode ☃.txt": text(50),
        "NOEXT": b"",
        "trailing.dots.and.more": text(70),
        "thirteen-char": text(13),
        "n" * 200: text(80),
        "text/4096.txt": text(4096),
        "text/512.txt": text(512),
        "text/513.txt": text(513),
        "text/big.txt": text(40_000),
        "EFI/BOOT/BOOTX64.EFI": text(5_000),
        "EFI/amzn/grub.cfg": text(300),
    }
    for i in range(150):
        files["many/file number %03d.txt" % i] = b"%d\n" % i * (i % 3)
    for path, data in files.items():
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
    count = 0
    for at, folders, names in os.walk(".", topdown=False):
        for name in sorted(folders + names):
            # mcopy takes the time of files, in steps of two seconds.
            os.utime(os.path.join(at, name), (STAMP + count * 86_402, STAMP + count * 86_402))
            count += 1


def line(path, kind, links, mode="0755", data=None, mtime=None):
    entry = {"path": path, "type": kind}
    if data is not None:
        entry["size"] = len(data)
    entry.update({"mode": mode, "uid": 0, "gid": 0, "nlink": links})
    if mtime is not None:
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=int(mtime))
        entry["mtime"] = moment.strftime("%Y-%m-%dT%H:%M:%S") + ".000000000Z"
    if data is not None:
        entry["sha256"] = hashlib.sha256(data).hexdigest()
    return entry


def read(path):
    with open(path, "rb") as file:
        return file.read()


def list_tree(folder):
    os.chdir(folder)
    entries = []
    for at, folders, names in os.walk("."):
        shown = at[1:] or "/"
        extra = 1 if at == "." else 0
        entries.append(line(shown, "dir", 2 + len(folders) + extra))
        for name in names:
            path = os.path.join(at, name)
            mode = "0555" if path == "./SHORT.TXT" else "0755"
            mtime = os.stat(path).st_mtime
            entries.append(line(path[1:], "file", 1, mode, read(path), mtime))
    entries.append(line("/pieces", "dir", 2))
    for name, source in [("scattered", "text/big.txt")] + [
        ("fill-%d" % i, "text/4096.txt") for i in (2, 4, 6, 7, 8)
    ]:
        mtime = os.stat(source).st_mtime
        entries.append(line("/pieces/" + name, "file", 1, "0755", read(source), mtime))
    for entry in sorted(entries, key=lambda entry: entry["path"].encode()):
        print(json.dumps(entry))


if __name__ == "__main__":
    {"fill": fill, "list": list_tree}[sys.argv[1]](sys.argv[2])
