#!/bin/sh
# READ THIS BEFORE YOU RUN IT. It deletes files.
#
# Usage: sh FILE [--apply] [--remove-login-keys] [--volume N] ROOT
#
#   ROOT                 where the volume is mounted, such as /mnt/image; / for the machine itself
#   --volume N           which volume that is; needed if more than one has findings
#   --apply              do it; without this the script only says what it would do
#   --remove-login-keys  also remove authorized_keys files. You may LOCK YOURSELF OUT: keep a
#                        second session open, and be sure of another way in (Session Manager,
#                        EC2 Instance Connect, a key given at launch)
#
# Nothing outside of ROOT is touched, wherever symbolic links of the image point. What takes a
# decision is a comment: search for MANUAL.

set -u
LC_ALL=C
export LC_ALL
unset CDPATH

apply=no
login_keys=no
root=
volume=
while [ $# -gt 0 ]; do
  argument=$1
  shift
  case $argument in
    --volume)
      if [ $# -eq 0 ]; then printf -- '--volume needs a number\n' >&2; exit 2; fi
      volume=$1
      shift
      ;;
    --apply) apply=yes ;;
    --remove-login-keys) login_keys=yes ;;
    -*) printf 'unknown option: %s\n' "$argument" >&2; exit 2 ;;
    *)
      if [ -n "$root" ]; then printf 'more than one ROOT\n' >&2; exit 2; fi
      root=$argument
      ;;
  esac
done
if [ -z "$root" ]; then
  printf 'usage: sh %s [--apply] [--remove-login-keys] [--volume N] ROOT\n' "$0" >&2
  exit 2
fi
root=$(cd -P -- "$root" && pwd -P && printf x) || exit 2
root=${root%?x}
prefix=${root%/}
failed=0
done_count=0

# say WORDS PATH: a name that would move the cursor shows as question marks.
say() {
  printf '%s: ' "$1"
  printf '%s' "$2" | tr -c '[:print:]' '?'
  printf '\n'
}

# inside DIRECTORY: goes to a directory of the image, and fails if that leads out of ROOT.
inside() {
  cd -P -- "$prefix$1" 2>/dev/null || return 1
  here=$(pwd -P && printf x)
  here=${here%?x}
  case $here/ in
    "$prefix"/*) return 0 ;;
    *) return 1 ;;
  esac
}

# act VERB DIRECTORY NAME COMMAND...: runs a command in the directory, on ./NAME.
act() {
  verb=$1
  directory=$2
  name=$3
  shift 3
  if [ "$name" = . ] || [ "$name" = .. ] || [ -z "$name" ]; then
    say REFUSED "$directory" >&2
    failed=$((failed + 1))
    return
  fi
  if [ ! -e "$prefix$directory" ]; then
    say 'gone already' "$directory/$name"
    return
  fi
  if ! (inside "$directory"); then
    say 'REFUSED, leads out of ROOT' "$directory/$name" >&2
    failed=$((failed + 1))
    return
  fi
  if ! (inside "$directory" && { [ -e "./$name" ] || [ -L "./$name" ]; }); then
    say 'gone already' "$directory/$name"
    return
  fi
  if [ "$apply" = no ]; then
    say "would $verb" "$directory/$name"
    return
  fi
  if (inside "$directory" && "$@" "./$name"); then
    say "done, $verb" "$directory/$name"
    done_count=$((done_count + 1))
  else
    say "FAILED to $verb" "$directory/$name" >&2
    failed=$((failed + 1))
  fi
}

# A link is removed, never followed; what is no file is left alone.
unlink_or_shred() {
  if [ -L "$1" ]; then
    rm -f -- "$1"
  elif [ -f "$1" ]; then
    shred -u -- "$1"
  else
    return 1
  fi
}

unlink_file() {
  [ ! -d "$1" ] || [ -L "$1" ] || return 1
  rm -f -- "$1"
}

change_mode() {
  [ ! -L "$2" ] || return 1
  chmod -- "$1" "$2"
}

shred_file() { act shred "$1" "$2" unlink_or_shred; }
remove_file() { act remove "$1" "$2" unlink_file; }
remove_tree() { act 'remove the tree' "$1" "$2" rm -rf --; }
set_mode() { act "set mode $3" "$1" "$2" change_mode "$3"; }

remove_login_key() {
  if [ "$login_keys" = yes ]; then
    act 'remove login keys' "$1" "$2" unlink_or_shred
  else
    say 'KEPT, it may be your only way in (--remove-login-keys)' "$1/$2"
  fi
}

