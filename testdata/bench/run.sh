#!/usr/bin/env bash
# Measures amivet on an image and prints a table: wall and CPU seconds, memory, ratio to the kernel.
#   testdata/bench/run.sh IMAGE [RUNS]
# IMAGE holds one ext4 or XFS file system without a partition table. The kernel's row (find and cat
# over a read-only loop mount) needs root and is left out without. Needs python3.
set -euo pipefail

if [ $# -lt 1 ] || [ ! -r "$1" ]; then
  sed -n '2,5s/^# //p' "$0" >&2
  exit 2
fi
image="$(readlink -f "$1")"
runs="${2:-5}"
amivet="$(cd "$(dirname "$0")/../.." && pwd)/amivet"
"$amivet" --version >/dev/null # builds on first use

mount_point=""
cleanup() {
  if [ -n "$mount_point" ]; then
    umount "$mount_point" 2>/dev/null || true
    rmdir "$mount_point"
  fi
}
trap cleanup EXIT

arguments=("$runs" "$image" "$amivet")
if [ "$(id -u)" = 0 ]; then
  mount_point="$(mktemp -d)"
  options=ro,loop,noload
  [ "$(blkid -o value -s TYPE "$image")" = xfs ] && options=ro,loop,norecovery
  mount -o "$options" "$image" "$mount_point"
  arguments+=("$mount_point")
else
  echo "not root: no row for the kernel, no ratios" >&2
fi

python3 - "${arguments[@]}" <<'PYTHON'
import os, statistics, subprocess, sys, time

runs, image, amivet = int(sys.argv[1]), sys.argv[2], sys.argv[3]
rows = []
if len(sys.argv) > 4:
    mount = sys.argv[4]
    rows.append(("find + cat (kernel)",
                 ["find", mount, "-xdev", "-type", "f", "-exec", "cat", "{}", "+"]))
rows += [
    ("amivet --help", [amivet, "--help"]),
    ("amivet rules list", [amivet, "rules", "list"]),
    ("amivet ls -R -l --json", [amivet, "ls", "-R", "-l", "--json", image, "/"]),
    ("amivet ls … --sha256", [amivet, "ls", "-R", "-l", "--json", "--sha256", image, "/"]),
    ("amivet scan --depth quick", [amivet, "scan", "--quiet", "--depth", "quick", image]),
    ("amivet scan --depth full", [amivet, "scan", "--quiet", "--depth", "full", image]),
]


def measure(command):
    """Wall seconds, CPU seconds and peak MiB of one run."""
    start = time.monotonic()
    with open(os.devnull, "wb") as nowhere:
        child = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):  # 1: findings
        sys.exit(f"{' '.join(command)} failed with {child.returncode}")
    return (time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


print(f"{'medians of ' + str(runs) + ' runs':28}{'wall s':>9}{'CPU s':>9}{'MiB':>7}{'CPU ratio':>11}")
base = None
for name, command in rows:
    measure(command)  # warms the page cache
    results = [measure(command) for _ in range(runs)]
    wall, cpu, mib = (statistics.median(column) for column in zip(*results))
    if "kernel" in name:
        base = cpu
    ratio = f"{cpu / base:11.2f}" if base else ""
    print(f"{name:28}{wall:9.2f}{cpu:9.2f}{mib:7.0f}{ratio}")
PYTHON
