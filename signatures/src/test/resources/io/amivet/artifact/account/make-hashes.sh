#!/bin/sh
# Writes hashes.tsv: scheme, word, hash, as libxcrypt computes them.
# Needs mkpasswd of the Debian package whois, perl linked against libxcrypt, openssl, and htpasswd
# of apache2-utils.
# Salts are fixed, so that the file does not change from run to run.
set -eu
cd "$(dirname "$0")"

with_setting() { # scheme word setting
  printf '%s\t%s\t%s\n' "$1" "$2" "$(perl -e 'print crypt($ARGV[0], $ARGV[1])' "$2" "$3")"
}
with_mkpasswd() { # scheme word method salt [options]
  scheme=$1 word=$2 method=$3 salt=$4
  shift 4
  printf '%s\t%s\t%s\n' "$scheme" "$word" "$(mkpasswd -m "$method" "$@" -S "$salt" "$word")"
}

{
  with_mkpasswd des toor descrypt ab
  with_mkpasswd md5 toor md5crypt saltsalt
  with_mkpasswd sha256 changeme sha256crypt saltsaltsaltsalt
  with_mkpasswd sha256 changeme sha256crypt saltsaltsaltsalt -R 1000
  with_mkpasswd sha512 ubuntu sha512crypt saltsaltsaltsalt
  with_mkpasswd sha512 '' sha512crypt saltsaltsaltsalt
  with_setting bcrypt admin '$2b$06$abcdefghijklmnopqrstuu'
  with_setting bcrypt admin '$2y$05$abcdefghijklmnopqrstuu'
  with_setting scrypt vagrant '$7$CU..../....abcdefgh'
  with_setting yescrypt toor '$y$j9T$LdJMENpBABJJ3hIHjB1Bi.'
  with_setting yescrypt password '$y$j9T$abcdefgh.1234567'
  with_setting yescrypt '' '$y$j9T$LdJMENpBABJJ3hIHjB1Bi.'
  with_setting yescrypt root '$y$j75$abcdefgh'
  with_setting yescrypt root '$y$j85$abcdefgh'
  with_setting yescrypt root '$y$j8T$abcdefgh'
  with_setting yescrypt root '$y$jAT$abcdefgh'
  with_setting yescrypt root '$y$j7/$abcdefgh'
  with_setting nt ops '$3$'
  with_setting gost-yescrypt ops '$gy$j9T$LdJMENpBABJJ3hIHjB1Bi.'
  with_setting sha1 admin '$sha1$40000$jtNX3nZ2'
  with_setting sha1 '' '$sha1$1$salt'
  with_setting sunmd5 admin '$md5$saltsalt$'
  with_setting bsdi admin '_J9..salt'
  printf 'apr1\tadmin\t%s\n' "$(openssl passwd -apr1 -salt saltsalt admin)"
  printf 'sha\tadmin\t%s\n' "$(htpasswd -nbs al admin | sed -n 's/^al://p')"
  # What htdigest(1) writes, which asks a terminal: H(user:realm:password) of RFC 7616.
  printf 'digest\tadmin\tal:realm:%s\n' "$(printf 'al:realm:admin' | md5sum | cut -c1-32)"
} > hashes.tsv
