#!/usr/bin/env bash
# Makes the repositories of scanner-core/src/test/resources/io/amivet/inside/git with git: a bare one
# in a pack with deltas, whose logins were deleted in later commits or are reachable from nowhere, in
# either hash; and loose objects. Packed as tar.gz. What they hold is listed by git itself.
set -euo pipefail
out="$(cd "$(dirname "$0")/../.." && pwd)/scanner-core/src/test/resources/io/amivet/inside/git"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
export GIT_AUTHOR_NAME=nobody GIT_AUTHOR_EMAIL=nobody@localhost GIT_COMMITTER_NAME=nobody
export GIT_COMMITTER_EMAIL=nobody@localhost GIT_AUTHOR_DATE='2026-01-02T03:04:05Z'
export GIT_COMMITTER_DATE="$GIT_AUTHOR_DATE" GIT_CONFIG_NOSYSTEM=1 HOME="$work"

repository() {
  git init -q --object-format="$1" "$work/$1"
  cd "$work/$1"
  mkdir -p src config
  seq 1 400 | sed 's/^/line of the manual /' >src/manual.txt
  printf 'key = %s\n' AKIA5WLTSAMIVETTEST7 >config/login.ini
  printf 'secret = %s\n' amivetTest/PxfIWNq0mXsGt7+c2ota6L/Hq2NZM >>config/login.ini
  git add . && git commit -qm 'Start, with a login'
  for round in 1 2 3 4 5; do
    echo "one more line $round" >>src/manual.txt
    git commit -qam "Round $round"
  done
  git rm -q config/login.ini && git commit -qm 'Remove the login'
  git checkout -qb lost
  echo 'token glpat-Xk29sLq0Zr7Tm4Wb1Yc8' >lost.txt
  git add . && git commit -qm 'A branch to be lost'
  git checkout -q master 2>/dev/null || git checkout -q main
  git tag -am 'glpat-in-no-message' v1
  git -c repack.writeBitmaps=false repack -qadf --depth=20 --window=20
  # Unreachable from now on, but still in the pack.
  git update-ref -d refs/heads/lost
  rm -f .git/ORIG_HEAD
  git cat-file --batch-all-objects --batch-check | sort >"$out/$1.objects"
  cp .git/objects/pack/*.pack "$out/$1.pack"
}
git config --file "$work/.gitconfig" init.defaultBranch main
repository sha1
repository sha256

git init -q "$work/loose"
cd "$work/loose"
echo 'token glpat-Xk29sLq0Zr7Tm4Wb1Yc8' >a.txt
id="$(git hash-object -w a.txt)"
cp ".git/objects/${id:0:2}/${id:2}" "$out/${id:2}"
chmod 644 "$out"/*
