#!/usr/bin/env bash
# Makes keystores/ with keytool (JDK 17) and openssl (3.0). The keys are throwaway.
#   <what>-<password>.<format>; what "trust" holds a certificate only.
set -euo pipefail
out="$(cd "$(dirname "$0")" && pwd)/keystores"
rm -rf "$out" && mkdir -p "$out" && cd "$out"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

pair() { # type password file
  keytool -genkeypair -alias site -dname CN=throwaway.example -keyalg EC -groupname secp256r1 \
    -validity 3650 -storetype "$1" -storepass "$2" -keypass "$2" -keystore "$3" 2>/dev/null
}
pair JKS changeit key-changeit.jks
pair JKS Synth-Pw-4711 key-other.jks
pair JCEKS changeme key-changeme.jceks
pair PKCS12 changeit key-changeit.keytool.p12
pair PKCS12 Synth-Pw-4711 key-other.keytool.p12
keytool -genseckey -alias token -keyalg AES -keysize 256 -storetype JCEKS -storepass changeit \
  -keypass changeit -keystore secret-changeit.jceks 2>/dev/null
keytool -genseckey -alias token -keyalg AES -keysize 256 -storetype PKCS12 -storepass changeit \
  -keystore secret-changeit.p12 2>/dev/null
keytool -exportcert -alias site -keystore key-changeit.jks -storepass changeit \
  -file "$work/site.der" 2>/dev/null
for type in JKS JCEKS PKCS12; do
  keytool -importcert -noprompt -alias ca -file "$work/site.der" -storetype "$type" \
    -storepass changeit -keystore "trust-changeit.${type,,}" 2>/dev/null
done

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=throwaway.example \
  -days 3650 -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
p12() { # password file options
  local password="$1" file="$2"
  shift 2
  openssl pkcs12 -export -inkey "$work/key.pem" -in "$work/cert.pem" -passout "pass:$password" \
    -out "$file" "$@"
}
p12 '' key-empty.openssl.p12
p12 secret key-secret.openssl.p12
p12 password key-password.legacy.p12 -legacy
p12 changeit key-clear.openssl.p12 -keypbe NONE -certpbe NONE
p12 changeit key-slow.openssl.p12 -iter 1000000
p12 changeit key-nomac.openssl.p12 -nomac
openssl pkcs12 -export -nokeys -in "$work/cert.pem" -passout pass:changeit -out trust-changeit.openssl.p12
chmod 644 ./*
