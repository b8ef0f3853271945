#!/usr/bin/env python3
"""Compares what amivet lists with what the kernel (or a source tree) shows, entry for entry.

    compare-listings.py [--ignore FIELD,…] [--ignore-directory FIELD,…] EXPECTED.jsonl ACTUAL.jsonl

EXPECTED comes from testdata/make/list-tree.py, ACTUAL from `amivet ls -R -l --json --sha256`.
Prints the first differences and a count; exits 1 if there is any, and also if there was nothing to
compare.
"""

import argparse
import json
import sys

SHOWN = 10


def load(name):
    entries = {}
    with open(name, encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            # What only one of the two says.
            entry.pop("volume", None)
            entry.pop("rdev", None)
            if "pathBase64" in entry:
                entry["path"] = "base64:" + entry.pop("pathBase64")
            if "targetBase64" in entry:
                entry["target"] = "base64:" + entry.pop("targetBase64")
            if entry["path"] in entries:
                sys.exit("%s lists %r twice" % (name, entry["path"]))
            entries[entry["path"]] = entry
    return entries


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ignore", default="")
    parser.add_argument("--ignore-directory", default="")
    parser.add_argument("expected")
    parser.add_argument("actual")
    options = parser.parse_args()
    ignored = set(filter(None, options.ignore.split(",")))
    ignored_in_directories = set(filter(None, options.ignore_directory.split(",")))

    expected, actual = load(options.expected), load(options.actual)
    differences = []
    for path in sorted(expected.keys() | actual.keys()):
        want, have = expected.get(path), actual.get(path)
        if want is None or have is None:
            differences.append("%r is only in %s" % (path, "EXPECTED" if want else "ACTUAL"))
            continue
        skip = ignored | (ignored_in_directories if want["type"] == "dir" else set())
        for field in sorted((want.keys() | have.keys()) - skip):
            if want.get(field) != have.get(field):
                differences.append(
                    "%r %s: expected %r, listed %r"
                    % (path, field, want.get(field), have.get(field))
                )
    for difference in differences[:SHOWN]:
        print("  " + difference)
    print("  %d entries compared, %d differences" % (len(expected), len(differences)))
    return 1 if differences or not expected else 0


if __name__ == "__main__":
    sys.exit(main())
