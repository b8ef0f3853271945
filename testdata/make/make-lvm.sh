#!/usr/bin/env bash
# Makes the lvm-*.img.gz fixtures: one volume group on a partition of one disk and the whole of
# another, with lvm.tsv: what each logical volume must read as. Needs root (loop devices), not the
# device mapper: LVM lays the group out and says where, and the contents are written there by hand.
#   ./make-lvm.sh [OUTPUT_FOLDER]
set -euo pipefail
export LC_ALL=C TZ=UTC PATH="$PATH:/usr/sbin:/sbin" DM_DISABLE_UDEV=1
out="$(realpath "${1:-$(dirname "$0")/../src/main/resources/images}")"
if [ "${IN_UTS:-}" != 1 ]; then
  # LVM writes the name of the host into the metadata.
  IN_UTS=1 exec unshare --uts sh -c 'hostname fixture; exec "$0" "$@"' "$(realpath "$0")" "$out"
fi
work="$(mktemp -d)"
loops=()
trap 'for loop in "${loops[@]}"; do losetup -d "$loop"; done; rm -rf "$work"' EXIT
cd "$work"

truncate -s 12M lvm-a.img
truncate -s 6M lvm-b.img
sfdisk -q lvm-a.img <<'SF'
label: gpt
label-id: AAAAAAAA-0000-4000-8000-000000000005
start=2048, size=2048, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, uuid=AAAAAAAA-0000-4000-8000-000000000051, name="boot"
start=4096, size=18432, type=E6D6D379-F507-44C2-A23C-238F2A3DF928, uuid=AAAAAAAA-0000-4000-8000-000000000052, name="lvm"
SF
a=$(losetup -f --show -o $((4096 * 512)) --sizelimit $((18432 * 512)) lvm-a.img); loops+=("$a")
b=$(losetup -f --show lvm-b.img); loops+=("$b")

run_lvm() { # command arguments…
  local command="$1"
  shift
  "$command" --driverloaded n --config "devices{use_devicesfile=0 filter=[\"a|^$a\$|\",\"a|^$b\$|\",\"r|.*|\"]} \
backup{backup=0 archive=0} activation{monitoring=0} global{use_lvmpolld=0}" "$@" 2>> lvm.log
}
new() { run_lvm lvcreate -qq -an -Zn -Wn -y "$@" > /dev/null; }

run_lvm pvcreate -qq -ff -y --norestorefile --metadatasize 64k --dataalignment 64k \
  -u aaaaaa-AAAA-AAAA-AAAA-AAAA-AAAA-000001 "$a"
run_lvm pvcreate -qq -ff -y --norestorefile --metadatasize 64k --dataalignment 64k \
  -u bbbbbb-BBBB-BBBB-BBBB-BBBB-BBBB-000002 "$b"
run_lvm vgcreate -qq -s 64k vg-sys "$a" "$b"
new -l 16 -n root vg-sys "$a"
new -l 16 -n home-1 vg-sys "$a"
run_lvm lvextend -qq -y -l +16 vg-sys/root "$a" > /dev/null
new -l 32 -i 2 -I 16k -n striped vg-sys
new -l 24 -n span vg-sys "$b"
run_lvm lvextend -qq -y -l +8 vg-sys/span "$a" > /dev/null
new -l 8 -n image0 vg-sys "$a"
new -l 8 -n image1 vg-sys "$b"
new -l 1 -n meta0 vg-sys "$a"
new -l 1 -n meta1 vg-sys "$b"
new -l 4 -n store vg-sys "$b"
new -l 4 -n data vg-sys "$a"

# Types that lvcreate makes only with a kernel that has them: written into the text of the group,
# which LVM checks when it restores it.
run_lvm vgcfgbackup -qq -f group.txt vg-sys > /dev/null
python3 - <<'PY'
import re
text = open("group.txt").read()
text = re.sub(r'(vg-sys \{\s+id = )"[^"]+"', r'\1"gggggg-GGGG-GGGG-GGGG-GGGG-GGGG-000003"', text, count=1)
for n, name in enumerate(re.findall(r"\n\t\t([\w-]+) \{\n\t\t\tid = ", text[text.index("logical_volumes"):])):
    text = re.sub(r"(\n\t\t" + re.escape(name) + r" \{\n\t\t\tid = )\"[^\"]+\"", r'\1"llllll-LLLL-LLLL-LLLL-LLLL-LLLL-%06d"' % (n + 10), text)
def rename(old, new):
    global text
    text = re.sub(r"\n\t\t%s \{" % old, "\n\t\t%s {" % new, text)
    at = text.index("\n\t\t%s {" % new)
    text = text[:at] + text[at:].replace(', "VISIBLE"', "", 1)
for old, new in (("image0", "mirror_rimage_0"), ("image1", "mirror_rimage_1"), ("meta0", "mirror_rmeta_0"),
                 ("meta1", "mirror_rmeta_1"), ("data", "pool_tdata")):
    rename(old, new)
def volume(n, name, extents, body, visible=True):
    status = '"READ", "WRITE"' + (', "VISIBLE"' if visible else "")
    return '''
		%s {
			id = "llllll-LLLL-LLLL-LLLL-LLLL-LLLL-%06d"
			status = [%s]
			segment_count = 1

			segment1 {
				start_extent = 0
				extent_count = %d
				%s
			}
		}
''' % (name, n, status, extents, body)
def linear(pv, at):
    return 'type = "striped"\n\t\t\t\tstripe_count = 1\n\t\t\t\tstripes = [ "%s", %d ]' % (pv, at)
added = volume(50, "mirror", 8, '''type = "raid1"
				device_count = 2
				region_size = 1024
				raids = [ "mirror_rmeta_0", "mirror_rimage_0", "mirror_rmeta_1", "mirror_rimage_1" ]''')
added += volume(51, "snapshot0", 16, '''type = "snapshot"
				chunk_size = 8
				origin = "home-1"
				cow_store = "store"''', visible=False)
added += volume(52, "pool_tmeta", 1, linear("pv1", 80), visible=False)
added += volume(53, "pool", 4, '''type = "thin-pool"
				metadata = "pool_tmeta"
				pool = "pool_tdata"
				transaction_id = 1
				chunk_size = 128
				discards = "passdown"
				zero_new_blocks = 1''')
added += volume(54, "thin", 64, '''type = "thin"
				thin_pool = "pool"
				transaction_id = 0
				device_id = 1''')
added += volume(55, "lvol0_pmspare", 1, linear("pv1", 81), visible=False)
added += volume(56, "hole", 2, 'type = "error"')
added += volume(57, "nothing", 2, 'type = "zero"')
at = text.rindex("\n\t}", 0, text.rindex("\n}"))
open("group.txt", "w").write(text[:at] + added + text[at:])
PY
run_lvm vgcfgrestore -qq -y --force -f group.txt vg-sys > /dev/null
run_lvm lvs -qq -a --noheadings -o lv_name,segtype vg-sys > types.txt
for type in raid1 thin-pool thin error zero linear striped; do grep -q " $type *\$" types.txt; done

# More changes, until the text runs over the end of its ring.
wraps() { python3 -c '
import struct
mda = open("lvm-b.img", "rb").read()[4096:4096+512]
size, = struct.unpack_from("<Q", mda, 32)
at, length = struct.unpack_from("<QQ", mda, 40)
raise SystemExit(at + length <= size)'; }
for change in $(seq 1 40); do
  run_lvm vgchange -qq --addtag "change$change" vg-sys > /dev/null
  if wraps; then break; fi
done
wraps

content() { # name KiB label: a file system full of numbered sectors
  truncate -s "$2K" "$1.fs"
  rm -rf tree && mkdir -p tree/etc
  echo "$3" > tree/etc/name
  python3 -c 'import sys; [sys.stdout.write("%-511s\n" % ("%s %06d" % (sys.argv[1], n))) for n in range(int(sys.argv[2]))]' \
    "$1" "$(($2 * 5 / 4))" > tree/numbers
  touch -d @1700000000 tree tree/etc tree/etc/name tree/numbers
  E2FSPROGS_FAKE_TIME=1700000000 mke2fs -q -t ext4 -L "$3" -O ^has_journal -N 32 -m 0 -E hash_seed=11111111-2222-4333-8444-5555555556ff \
    -U "11111111-2222-4333-8444-5555555556$4" -d tree "$1.fs"
}
content boot 1024 boot 00
content root 2048 root 01
content home-1 1024 home 02
content striped 2048 striped 03
content span 2048 span 04
content mirror 512 mirror 05
cp mirror.fs mirror_rimage_0.fs
cp mirror.fs mirror_rimage_1.fs

dd if=boot.fs of=lvm-a.img bs=512 seek=2048 conv=notrunc,sparse status=none
run_lvm lvs -qq -a --noheadings --separator '|' --units b --nosuffix --segments \
  -o lv_name,segtype,stripesize,seg_start_pe,seg_size_pe,devices vg-sys > segments.txt
start=$(run_lvm pvs -qq --noheadings --units b --nosuffix -o pe_start "$a" | tr -d ' ')
python3 - "$a" "$b" "$start" <<'PY'
import os, re, sys
a, b, start = sys.argv[1], sys.argv[2], int(sys.argv[3])
images = {a: (open("lvm-a.img", "r+b"), 4096 * 512), b: (open("lvm-b.img", "r+b"), 0)}
extent = 64 << 10
for line in open("segments.txt"):
    name, kind, stripe, at, extents, devices = [field.strip().strip("[]") for field in line.strip().split("|")]
    if kind not in ("linear", "striped") or not os.path.exists(name + ".fs"):
        continue
    content = open(name + ".fs", "rb").read()[int(at) * extent:][:int(extents) * extent]
    legs = re.findall(r"([^,(]+)\((\d+)\)", devices)
    chunk = int(stripe) or len(content)
    for number, offset in enumerate(range(0, len(content), chunk)):
        device, pe = legs[number % len(legs)]
        file, base = images[device]
        file.seek(base + start + int(pe) * extent + number // len(legs) * chunk)
        file.write(content[offset:offset + chunk])
for file, _ in images.values():
    file.close()
PY
# What a text names and LVM accepts: name, bytes, digest of what it reads as.
run_lvm lvs -qq --noheadings --units b --nosuffix -o lv_name,lv_size vg-sys | sort > sizes.txt
while read -r name size; do
  if [ -e "$name.fs" ]; then
    printf '%s\t%s\t%s\n' "$name" "$size" "$(sha256sum < "$name.fs" | cut -d' ' -f1)"
  else
    printf '%s\t%s\t-\n' "$name" "$size"
  fi
done < sizes.txt > "$out/lvm.tsv"
for disk in lvm-a lvm-b; do
  gzip -9n < "$disk.img" > "$out/$disk.img.gz"
done
cat segments.txt "$out/lvm.tsv"
ls -l "$out"/lvm-*
