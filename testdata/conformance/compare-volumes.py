#!/usr/bin/env python3
"""Compares what amivet lists of all volumes of a disk with what the kernel shows of each.

    compare-volumes.py EXPECTED_FOLDER REPORT.json ACTUAL.jsonl

EXPECTED_FOLDER holds a listing NAME.FSTYPE for each volume, with % for the slash in a name. Every
volume must be listed, and no other. REPORT is of a scan, and tells the names of the volumes.
"""

import json
import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))

# What a FAT volume does not store.
IGNORED = {"vfat": ["--ignore", "inode,nlink,mode", "--ignore-directory", "size,mtime"]}


def names_of(report):
    with open(report, encoding="utf-8") as file:
        volumes = json.load(file)["coverage"]["volumes"]
    return {volume["index"]: volume["device"].split(":", 1)[1] for volume in volumes}


def split(actual, names):
    """The lines of each volume, by its name."""
    parts = {}
    with open(actual, encoding="utf-8") as lines:
        for line in lines:
            parts.setdefault(names[json.loads(line)["volume"]], []).append(line)
    return parts


def settle(line):
    """The kernel makes up the root of a subvolume seen from its snapshot."""
    entry = json.loads(line)
    if entry["inode"] == 2:
        entry["mtime"] = ""
    return json.dumps(entry) + "\n"


def compare(folder, file, lines):
    kind = file.rsplit(".", 1)[1]
    expected, actual = os.path.join(folder, file), os.path.join(folder, "actual")
    if kind == "btrfs":
        lines = map(settle, lines)
        with open(expected, encoding="utf-8") as kernel:
            settled = [settle(line) for line in kernel]
        with open(expected, "w", encoding="utf-8") as kernel:
            kernel.writelines(settled)
    with open(actual, "w", encoding="utf-8") as out:
        out.writelines(lines)
    command = [sys.executable, os.path.join(here, "compare-listings.py"), *IGNORED.get(kind, [])]
    status = subprocess.run([*command, expected, actual], check=False).returncode
    os.unlink(actual)
    return status == 0


def main(folder, report, actual):
    parts = split(actual, names_of(report))
    good = True
    for file in sorted(os.listdir(folder)):
        name = file.rsplit(".", 1)[0].replace("%", "/")
        print("  %s (%s)" % (name, file.rsplit(".", 1)[1]), flush=True)
        good = compare(folder, file, parts.pop(name, [])) and good
    for name in parts:
        print("  %s is listed and not expected" % name)
        good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
