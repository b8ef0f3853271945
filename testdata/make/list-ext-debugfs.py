#!/usr/bin/env python3
"""Prints what debugfs shows of an ext image, in the format of list-tree.py.

    list-ext-debugfs.py IMAGE | gzip -9n > NAME.listing.jsonl.gz

For images that the kernel at hand cannot mount (64 KiB blocks). Names must be printable.
"""

import datetime
import hashlib
import json
import re
import subprocess
import sys
import tempfile

IMAGE = sys.argv[1]
TYPES = {
    "regular": "file",
    "directory": "dir",
    "symlink": "symlink",
    "FIFO": "fifo",
    "character special": "char",
    "block special": "block",
    "socket": "socket",
}


def debugfs(command):
    return subprocess.run(
        ["debugfs", "-R", command, IMAGE], check=True, capture_output=True
    ).stdout


def field(pattern, text):
    return re.search(pattern, text, re.MULTILINE).group(1)


def mtime(text):
    low, extra = (int(v, 16) for v in re.search(r"mtime: 0x(\w+):(\w+)", text).groups())
    seconds = (low - (1 << 32) if low >> 31 else low) + ((extra & 3) << 32)
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + ".%09dZ" % (extra >> 2)


def contents(inode):
    with tempfile.NamedTemporaryFile() as file:
        debugfs("dump <%d> %s" % (inode, file.name))
        return file.read()


def describe(path, inode):
    text = debugfs("stat <%d>" % inode).decode("utf-8", "replace")
    kind = TYPES[field(r"Type: (.*?)\s+Mode:", text)]
    entry = {
        "path": path,
        "type": kind,
        "size": int(field(r"Size: (\d+)", text)),
        "mode": "%04o" % int(field(r"Mode:\s+(\d+)", text), 8),
        "uid": int(field(r"User:\s+(\d+)", text)),
        "gid": int(field(r"Group:\s+(\d+)", text)),
        "nlink": int(field(r"Links: (\d+)", text)),
        "inode": inode,
        "mtime": mtime(text),
    }
    if kind == "symlink":
        fast = re.search(r'Fast link dest: "(.*)"', text)
        entry["target"] = fast.group(1) if fast else contents(inode).decode("utf-8")
    if kind == "file":
        entry["sha256"] = hashlib.sha256(contents(inode)).hexdigest()
    return entry


def children(inode):
    for line in debugfs("ls -p <%d>" % inode).decode("utf-8").splitlines():
        if line.startswith("/"):
            number, mode, _, _, name = line.split("/")[1:6]
            if number != "0" and name not in (".", ".."):
                yield int(number), mode.startswith("04"), name


def main():
    found = [("/", 2)]
    pending = [("", 2)]
    while pending:
        folder, folder_inode = pending.pop()
        for inode, is_dir, name in children(folder_inode):
            found.append((folder + "/" + name, inode))
            if is_dir:
                pending.append((folder + "/" + name, inode))
    for path, inode in sorted(found, key=lambda f: f[0].encode("utf-8")):
        print(json.dumps(describe(path, inode)))


main()
