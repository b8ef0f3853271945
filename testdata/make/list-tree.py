#!/usr/bin/env python3
"""Prints what the kernel shows of a mounted tree, one JSON object a line.

    list-tree.py [--xattrs] MOUNTPOINT | gzip -9n > NAME.listing.jsonl.gz

The expected listings of the test images are made with this from a read-only mount, so that the
readers are compared with the kernel and not with themselves. Sorted by the bytes of the path; the
root is "/". A path or target that is not UTF-8 is replaced by "pathBase64" or "targetBase64".
"""

import base64
import datetime
import errno
import hashlib
import json
import os
import stat
import sys

TYPES = {
    stat.S_IFREG: "file",
    stat.S_IFDIR: "dir",
    stat.S_IFLNK: "symlink",
    stat.S_IFCHR: "char",
    stat.S_IFBLK: "block",
    stat.S_IFIFO: "fifo",
    stat.S_IFSOCK: "socket",
}


def put_text(entry, key, raw):
    try:
        entry[key] = raw.decode("utf-8")
    except UnicodeDecodeError:
        entry[key + "Base64"] = base64.b64encode(raw).decode("ascii")


def utc(nanoseconds):
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + ".%09dZ" % rest


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def describe(path, shown, with_xattrs):
    status = os.lstat(path)
    entry = {}
    put_text(entry, "path", shown)
    entry["type"] = TYPES[stat.S_IFMT(status.st_mode)]
    entry["size"] = status.st_size
    entry["mode"] = "%04o" % stat.S_IMODE(status.st_mode)
    entry["uid"] = status.st_uid
    entry["gid"] = status.st_gid
    entry["nlink"] = status.st_nlink
    entry["inode"] = status.st_ino
    entry["mtime"] = utc(status.st_mtime_ns)
    if entry["type"] in ("char", "block"):
        entry["rdev"] = "%d:%d" % (os.major(status.st_rdev), os.minor(status.st_rdev))
    if entry["type"] == "symlink":
        put_text(entry, "target", os.readlink(path))
    if entry["type"] == "file":
        try:
            entry["sha256"] = sha256(path)
        except OSError as error:
            # The contents are encrypted.
            if error.errno != errno.ENOKEY:
                raise
    if with_xattrs:
        names = sorted(os.listxattr(path, follow_symlinks=False))
        values = {
            name: base64.b64encode(os.getxattr(path, name, follow_symlinks=False)).decode("ascii")
            for name in names
        }
        if values:
            entry["xattrs"] = values
    return entry


def main(arguments):
    with_xattrs = "--xattrs" in arguments
    top = os.fsencode([a for a in arguments if a != "--xattrs"][0])
    found = [(b"/", top)]
    pending = [(b"", top)]
    while pending:
        shown, folder = pending.pop()
        for name in os.listdir(folder):
            child = os.path.join(folder, name)
            found.append((shown + b"/" + name, child))
            if stat.S_ISDIR(os.lstat(child).st_mode):
                pending.append((shown + b"/" + name, child))
    for shown, path in sorted(found):
        print(json.dumps(describe(path, shown, with_xattrs)))


if __name__ == "__main__":
    main(sys.argv[1:])
