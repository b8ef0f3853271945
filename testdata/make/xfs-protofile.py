#!/usr/bin/env python3
"""Writes the tree of the version 4 images as a protofile, and lists what became of it.

    xfs-protofile.py write TREE > PROTO        makes TREE and prints the protofile for mkfs.xfs -p
    xfs-protofile.py list TREE IMAGE > LISTING contents from TREE, the rest from xfs_db
"""

import hashlib
import json
import os
import stat
import subprocess
import sys
import datetime


def make(top):
    os.makedirs(top + "/etc/deep/er")
    os.mkdir(top + "/block")
    os.mkdir(top + "/node")

    def put(name, data):
        with open(top + "/" + name, "wb") as file:
            file.write(data)

    put("etc/motd", b"synthetic test image\n")
    put("etc/UPPER", b"upper case\n")
    put("etc/empty", b"")
    put("etc/large", b"".join(b"line %07d\n" % i for i in range(20000)))
    put("etc/deep/er/leaf", b"leaf\n")
    os.symlink("motd", top + "/etc/fast")
    os.symlink("/" + "/".join(["t" * 99] * 9), top + "/etc/remote")
    os.mkfifo(top + "/fifo")
    for i in range(50):
        put("block/b%04d" % i, b"%d" % i)
    for i in range(620):
        put("node/n%05d" % i, b"")


def proto(folder, indent):
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        mode = os.lstat(path).st_mode
        start = "%s%s " % (" " * indent, name)
        if stat.S_ISDIR(mode):
            print(start + "d--755 0 0")
            proto(path, indent + 1)
            print(" " * indent + "$")
        elif stat.S_ISLNK(mode):
            print(start + "l--777 7 8 " + os.readlink(path))
        elif stat.S_ISFIFO(mode):
            print(start + "p--600 0 0")
        else:
            print(start + "-u-640 1000 1001 " + path)


def fields(image, paths):
    """What xfs_db prints of each inode, by path."""
    wanted = "core.mode core.uid core.gid core.nlinkv2 core.size core.mtime.sec core.mtime.nsec"
    commands = []
    for path in paths:
        commands += ["path " + path, "inode", "print " + wanted]
    arguments = ["xfs_db", "-r"] + [x for c in commands for x in ("-c", c)] + [image]
    answer = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
    found, current = [], None
    for line in answer.splitlines():
        if line.startswith("current inode number is"):
            current = {"inode": int(line.split()[-1])}
            found.append(current)
        elif " = " in line:
            key, value = line.split(" = ")
            current[key] = value
    assert len(found) == len(paths)
    return found


def listing(top, image):
    paths = ["/"]
    for folder, folders, files in os.walk(top):
        paths += ["/" + os.path.relpath(os.path.join(folder, n), top) for n in folders + files]
    paths.sort(key=str.encode)
    kinds = {stat.S_IFDIR: "dir", stat.S_IFREG: "file", stat.S_IFLNK: "symlink", stat.S_IFIFO: "fifo"}
    for start in range(0, len(paths), 200):
        batch = paths[start : start + 200]
        for path, core in zip(batch, fields(image, batch)):
            source = top + path
            kind = kinds[stat.S_IFMT(os.lstat(source).st_mode)]
            when = datetime.datetime.strptime(core["core.mtime.sec"], "%a %b %d %H:%M:%S %Y")
            entry = {
                "path": path,
                "type": kind,
                "size": int(core["core.size"]),
                "mode": "%04o" % (int(core["core.mode"], 8) & 0o7777),
                "uid": int(core["core.uid"]),
                "gid": int(core["core.gid"]),
                "nlink": int(core["core.nlinkv2"]),
                "inode": core["inode"],
                "mtime": when.strftime("%Y-%m-%dT%H:%M:%S") + ".%09dZ" % int(core["core.mtime.nsec"]),
            }
            if kind == "symlink":
                entry["target"] = os.readlink(source)
            if kind == "file":
                with open(source, "rb") as file:
                    entry["sha256"] = hashlib.sha256(file.read()).hexdigest()
            print(json.dumps(entry))


os.environ["TZ"] = "UTC"
if sys.argv[1] == "write":
    make(sys.argv[2])
    print("none\n0 0\nd--755 0 0")
    proto(sys.argv[2], 0)
    print("$")
else:
    listing(sys.argv[2], sys.argv[3])
