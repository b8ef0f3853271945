#!/usr/bin/env python3
"""Changes a mounted tree in every way that there is, from a seed: change-tree.py ROOT COUNT SEED

Some of the changes plant a secret, others take one away, most do neither. Prints how many of each
kind were made.
"""
import collections
import os
import random
import sys

root, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def word(length):
    return "".join(chance.choice(LETTERS) for _ in range(length))


def secret():
    return chance.choice([
        f"aws_secret_access_key = {word(40)}\n",
        f"export DATABASE_URL=postgres://app:{word(20)}@db1.corp.test:5432/prod\n",
        f"password: {word(18)}\n",
        f"glpat-{word(20)}\n",
    ]).encode()


def text():
    return secret() if chance.random() < 0.5 else (word(60) + "\n").encode()


files, folders = [], []
for folder, _, names in os.walk(root):
    folders.append(folder)
    for name in names:
        path = os.path.join(folder, name)
        # The package databases change with a package, and then nearly all has to be compared again.
        if os.path.isfile(path) and not os.path.islink(path) and "/dpkg/" not in path:
            files.append(path)
files.sort()
folders.sort()
made = collections.Counter()


def rewrite(path):
    size = os.path.getsize(path)
    with open(path, "r+b") as file:
        file.seek(chance.randrange(max(1, size)))
        file.write(text())


def rewrite_and_hide(path):
    """Contents change, times do not: what an intruder does."""
    before = os.stat(path)
    rewrite(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def append(path):
    with open(path, "ab") as file:
        file.write(text())


def truncate(path):
    os.truncate(path, os.path.getsize(path) // 2)


def rename(path):
    os.rename(path, os.path.join(chance.choice(folders), word(8)))
    files.remove(path)


def delete(path):
    os.remove(path)
    files.remove(path)


def chmod(path):
    os.chmod(path, chance.choice([0o4755, 0o2755, 0o666, 0o600]))


def chown(path):
    os.chown(path, 1000, 1000)


def new(_):
    with open(os.path.join(chance.choice(folders), word(8)), "wb") as file:
        file.write(text() * chance.randrange(1, 50))


def new_where_rules_look(_):
    name = chance.choice([".bash_history", ".netrc", "id_rsa", ".env", "credentials", "deploy.sh"])
    with open(os.path.join(chance.choice(folders), name), "wb") as file:
        file.write(text())


def link(path):
    os.link(path, os.path.join(chance.choice(folders), word(8)))


def replace(path):
    with open(path + ".new", "wb") as file:
        file.write(text() * 3)
    os.rename(path + ".new", path)


def move_folder(_):
    folder = chance.choice([f for f in folders if f.count("/") > root.count("/") + 3])
    target = folder + "-" + word(4)
    os.rename(folder, target)
    folders[:] = [f for f in folders if f != folder and not f.startswith(folder + "/")] + [target]
    files[:] = [f for f in files if not f.startswith(folder + "/")]


def new_user(_):
    name = "u" + word(6).lower()
    with open(os.path.join(root, "etc/passwd"), "a") as file:
        # A folder that is there already becomes a home, and what is in it is judged as such.
        file.write(f"{name}:x:{chance.randrange(2000, 60000)}:100::/srv:/bin/sh\n")


KINDS = [rewrite, rewrite_and_hide, append, truncate, rename, delete, chmod, chown, new,
         new_where_rules_look, link, replace]
for i in range(count):
    kind = new_user if i == 0 else move_folder if i % 60 == 1 else KINDS[i % len(KINDS)]
    kind(chance.choice(files))
    made[kind.__name__] += 1
print(", ".join(f"{n} {kind}" for kind, n in sorted(made.items())))
