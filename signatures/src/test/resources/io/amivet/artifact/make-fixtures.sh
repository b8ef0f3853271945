#!/usr/bin/env bash
# Makes the files beside it with the programs that write such files in real life:
# bash, vim, less, svn with svnserve, utmpdump. All secrets are invented here.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p history syslog vcs

# bash: a history with time stamps, written by bash itself.
rm -f history/bash_history
HISTFILE=$here/history/bash_history bash --norc -c '
  HISTTIMEFORMAT="%s "
  set -o history
  history -c
  history -s "sudo yum install -y mariadb"
  history -s "mysql -u root -pSynth-Pw-101 shop < dump.sql"
  history -s "cd /srv && ls"
  history -w'
sed -i 's/^#[0-9]*$/#1700000000/' history/bash_history

# How bash splits lines into words: the line, its words between bars, an empty line.
while IFS= read -r line; do
  printf '%s\n' "$line"
  (eval "set -- $line"; printf '|%s' "$@"; printf '|\n\n')
done > history/bash-words.txt <<'LINES'
mysql -uroot -p'it'\''s' shop
curl -u "a:b c" -H 'X: y'  https://h/
a\ b "c\"d" 'e"f' "g\\h" "i\j" k\'l
echo ''  "" x""y
printf "%s" a#b '#c' "#d"
x=1\;2 'a;b|c&d' "e>f"
"a$"b c$ 'd$e'
$'a b' "c"'d'e\f
LINES

# vim: a command line history and a register.
printf 'secret line\n' > "$work/text"
HOME=$work vim -N -u NONE -i "$here/history/viminfo" -es "$work/text" \
  -c 'call histadd(":", "!curl -u deploy:Synth-Pw-102 https://repo.example.net/")' \
  -c 'call histadd("/", "needle")' -c 'wviminfo!' -c 'qa!' </dev/null || true
sed -i 's/^\(|2,[0-9],\)[0-9]*,/\11700000000,/; s/^\(|3,.*,\)[0-9]\{10\},/\11700000000,/' history/viminfo

# svn: a login cached in clear text.
svnadmin create "$work/repo"
printf '[general]\nanon-access = none\nauth-access = write\npassword-db = passwd\nrealm = synthetic\n' \
  > "$work/repo/conf/svnserve.conf"
printf '[users]\nbuilder = Synth-Pw-103\n' > "$work/repo/conf/passwd"
svnserve -d -r "$work/repo" --listen-host 127.0.0.1 --listen-port 33690 --pid-file "$work/pid"
sleep 1
svn info --config-dir "$work/svn" --non-interactive --username builder --password Synth-Pw-103 \
  --config-option servers:global:store-plaintext-passwords=yes \
  --config-option config:auth:password-stores= svn://127.0.0.1:33690/ >/dev/null
kill "$(cat "$work/pid")"
cp "$work"/svn/auth/svn.simple/* vcs/svn.simple

# utmpdump: login records from text.
utmpdump -r > syslog/wtmp 2>/dev/null <<'RECORDS'
[2] [00000] [~~  ] [reboot  ] [~           ] [6.1.0               ] [0.0.0.0        ] [2026-01-02T03:04:05,000000+00:00]
[7] [01234] [ts/0] [ec2-user] [pts/0       ] [198.51.100.7        ] [198.51.100.7   ] [2026-01-02T03:05:06,000000+00:00]
[8] [01234] [ts/0] [        ] [pts/0       ] [                    ] [0.0.0.0        ] [2026-01-03T03:04:05,000000+00:00]
RECORDS
