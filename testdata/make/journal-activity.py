#!/usr/bin/env python3
"""Changes a mounted ext file system in many small transactions and takes a snapshot meanwhile.

    journal-activity.py [--rounds N] [--escape] [--orphans] MOUNTPOINT IMAGE SNAPSHOT

IMAGE is the file below the loop device: the journal is written to it at once, what the journal
protects only later, so that SNAPSHOT is what a snapshot of a running machine is. Needs root.
"""

import argparse
import os
import shutil
import subprocess

JOURNAL_MAGIC = b"\xc0\x3b\x39\x98"


def lines(name, size):
    return b"".join(b"%s line %06d\n" % (name.encode(), i) for i in range(size // 12 + 1))[:size]


def write(path, data):
    fd = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o644)
    os.write(fd, data)
    return fd


def put(path, data):
    os.close(write(path, data))


def commit(path):
    """One transaction: fsync commits the running one and writes back no metadata."""
    fd = os.open(path, os.O_RDONLY)
    os.fsync(fd)
    os.close(fd)


def round_of_changes(top, number):
    folder = os.path.join(top, "round-%d" % number)
    os.mkdir(folder)
    for i in range(60):
        put(os.path.join(folder, "a-file-with-a-long-name-%03d" % i), lines("r%d-%d" % (number, i), 40 * i))
    commit(folder)
    os.symlink("target-%d" % number, os.path.join(folder, "link"))
    os.symlink("t" * 200, os.path.join(folder, "long-link"))
    os.setxattr(os.path.join(folder, "a-file-with-a-long-name-001"), "user.round", b"%d" % number)
    os.setxattr(os.path.join(folder, "a-file-with-a-long-name-002"), "user.large", lines("x", 700))
    os.link(os.path.join(folder, "a-file-with-a-long-name-003"), os.path.join(folder, "hard"))
    os.rename(os.path.join(folder, "a-file-with-a-long-name-004"), os.path.join(top, "renamed-%d" % number))
    os.truncate(os.path.join(folder, "a-file-with-a-long-name-050"), 100)
    os.chmod(os.path.join(folder, "a-file-with-a-long-name-005"), 0o4711)
    os.unlink(os.path.join(folder, "a-file-with-a-long-name-006"))
    commit(folder)
    if number >= 2:
        # Directory blocks are freed, and their old copies in the journal revoked …
        shutil.rmtree(os.path.join(top, "round-%d" % (number - 2)))
        commit(top)
        # … since new data takes their place.
        path = os.path.join(top, "reuse-%d" % number)
        put(path, lines("reuse%d" % number, 70000))
        commit(path)


def escapes(top):
    for i in range(3):
        path = os.path.join(top, "escaped-%d" % i)
        put(path, JOURNAL_MAGIC + lines("escaped", 5000 * i + 50))
        commit(path)
    put(os.path.join(top, "escaped-blocks"), (JOURNAL_MAGIC + bytes(1020)) * 9)
    commit(os.path.join(top, "escaped-blocks"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--escape", action="store_true")
    parser.add_argument("--orphans", action="store_true")
    parser.add_argument("mountpoint")
    parser.add_argument("image")
    parser.add_argument("snapshot")
    options = parser.parse_args()
    top = options.mountpoint
    for number in range(options.rounds):
        round_of_changes(top, number)
        if number == options.rounds // 2:
            subprocess.run(["sync", "--file-system", top], check=True)
    if options.escape:
        escapes(top)
    held = []
    if options.orphans:
        for i in range(4):
            path = os.path.join(top, "orphan-%d" % i)
            held.append(write(path, lines("orphan", 3000 * i)))
            commit(path)
            os.unlink(path)
        commit(top)
    put(os.path.join(top, "last"), b"in the running transaction")
    subprocess.run(["cp", "--sparse=always", options.image, options.snapshot], check=True)
    for fd in held:
        os.close(fd)


main()
