#!/usr/bin/env bash
# Makes the databases of scanner-core/src/test/resources/io/amivet/inside/sqlite with sqlite3, and the
# lines that sqlite3 itself prints of their tables.
#   testdata/make/make-sqlite.sh
set -euo pipefail
out="$(cd "$(dirname "$0")/../.." && pwd)/scanner-core/src/test/resources/io/amivet/inside/sqlite"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

# make NAME ENCODING PAGE: rows of all kinds, long ones that spill, deleted ones, a table as an index
make() {
  sqlite3 "$work/$1" <<SQL
pragma encoding='$2';
pragma page_size=$3;
pragma secure_delete=off;
create table history(id integer primary key, command text, exit real, note blob);
create table kinds(a, b, c, d, e, f, g, h);
create table keyed(name text primary key, value text) without rowid;
create index by_command on history(command);
insert into kinds values(null, 0, 1, -1, 127, -32769, 8388607, 9223372036854775807);
insert into kinds values(0.5, -140737488355328, 'text', x'00ff10', '', 1e300, -2147483648, 'déjà vu');
with recursive n(i) as (select 1 union all select i + 1 from n where i < 400)
  insert into history(command, exit, note)
  select 'ls -la /srv/data/' || i, i / 2.0, 'n' || i from n;
insert into history(command, note) values(
  'export TOKEN=glpat-' || 'Xk29sLq0Zr7Tm4Wb1Yc8', replace(printf('%9000s', 'x'), ' ', 'long '));
insert into keyed values('registry', 'npm_' || 'fYt1qB3nV8xJ5kL0sD7wR2mC6hG9pZ40LxQk');
delete from history where id between 100 and 180;
SQL
  for table in history kinds; do
    sqlite3 -tabs -noheader "$work/$1" "select * from $table" >"$out/$1.$table.txt"
  done
  gzip -9n <"$work/$1" >"$out/$1.gz"
}
make utf8.db UTF-8 1024
make utf16.db UTF-16le 4096
ls -l "$out"
