#!/usr/bin/env python3
"""Turns a tree into a prototype file for `mkfs.xfs -p`, and says what the file system must then hold.

    make-protofile.py TREE PROTOFILE EXPECTED.jsonl

A prototype file cannot express names with white space, that are not UTF-8 or that start with a colon
(a comment), sticky bits, hard links or holes: such names and files larger than 64 MiB are left out of both, a hard link becomes a file of
its own.
"""

import importlib.util
import json
import os
import stat
import sys

LETTERS = {
    stat.S_IFREG: "-",
    stat.S_IFDIR: "d",
    stat.S_IFLNK: "l",
    stat.S_IFCHR: "c",
    stat.S_IFBLK: "b",
    stat.S_IFIFO: "p",
}
MAX_FILE_BYTES = 64 << 20

here = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location(
    "list_tree", os.path.join(here, "..", "make", "list-tree.py")
)
list_tree = importlib.util.module_from_spec(spec)
spec.loader.exec_module(list_tree)


def token(raw):
    """Whether the prototype file can hold this name or target."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(c.isspace() for c in text) and text[0] not in "$:"


def fits(path, status):
    kind = stat.S_IFMT(status.st_mode)
    if kind not in LETTERS or not token(os.path.basename(path)):
        return False
    if kind == stat.S_IFREG:
        return status.st_size <= MAX_FILE_BYTES and token(path)
    return kind != stat.S_IFLNK or token(os.readlink(path))


def mode(status):
    bits = stat.S_IMODE(status.st_mode)
    setuid = "u" if bits & stat.S_ISUID else "-"
    setgid = "g" if bits & stat.S_ISGID else "-"
    return "%s%s%s%03o %d %d" % (
        LETTERS[stat.S_IFMT(status.st_mode)],
        setuid,
        setgid,
        bits & 0o777,
        status.st_uid,
        status.st_gid,
    )


def suffix(path, status):
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFREG:
        return " " + path.decode("utf-8")
    if kind == stat.S_IFLNK:
        return " " + os.readlink(path).decode("utf-8")
    if kind in (stat.S_IFCHR, stat.S_IFBLK):
        return " %d %d" % (os.major(status.st_rdev), os.minor(status.st_rdev))
    return ""


def expect(path, shown, status, links, expected):
    entry = list_tree.describe(path, shown, False)
    entry["mode"] = "%04o" % (stat.S_IMODE(status.st_mode) & ~stat.S_ISVTX)
    entry["nlink"] = links
    expected.write(json.dumps(entry) + "\n")


def write(path, shown, proto, expected):
    links = 2
    for name in sorted(os.listdir(path)):
        child = os.path.join(path, name)
        status = os.lstat(child)
        if not fits(child, status):
            continue
        proto.write("%s %s%s\n" % (name.decode("utf-8"), mode(status), suffix(child, status)))
        if stat.S_ISDIR(status.st_mode):
            links += 1
            write(child, shown + b"/" + name, proto, expected)
        else:
            expect(child, shown + b"/" + name, status, 1, expected)
    proto.write("$\n")
    expect(path, shown or b"/", os.lstat(path), links, expected)


def main(tree, proto_name, expected_name):
    top = os.fsencode(tree)
    with open(proto_name, "w", encoding="utf-8") as proto:
        with open(expected_name, "w", encoding="utf-8") as expected:
            proto.write("/dev/null\n0 0\n%s\n" % mode(os.lstat(top)))
            write(top, b"", proto, expected)


if __name__ == "__main__":
    main(*sys.argv[1:])
