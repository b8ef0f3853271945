#!/usr/bin/env python3
"""Takes the attributes out of a listing of list-tree.py, since the command line lists none."""

import json
import sys

for line in sys.stdin:
    entry = json.loads(line)
    entry.pop("xattrs", None)
    print(json.dumps(entry))
