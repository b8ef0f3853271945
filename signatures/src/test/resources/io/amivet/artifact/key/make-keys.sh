#!/bin/sh
# Makes throw-away keys of all containers with the tools that write them, and keys.tsv: file,
# format, encrypted, fingerprint as ssh-keygen prints it ("-" where only the passphrase shows it).
# Needs ssh-keygen, openssl, puttygen, gpg. Run again, it makes new keys.
set -eu
cd "$(dirname "$0")"
rm -rf keys && mkdir keys && cd keys
: > ../keys.tsv

fingerprint() { # public key file
  ssh-keygen -lf "$1" | cut -d' ' -f2
}
note() { # file format encrypted fingerprint
  printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >> ../keys.tsv
}

for type in rsa:2048 ecdsa:256 ecdsa:384 ecdsa:521 ed25519:0; do
  name=openssh_$(echo "$type" | tr ':' '_')
  ssh-keygen -q -t "${type%:*}" $([ "${type#*:}" = 0 ] || echo "-b ${type#*:}") \
    -N '' -C "throwaway $name" -f "$name"
  note "$name" openssh no "$(fingerprint "$name.pub")"
done
ssh-keygen -q -t ed25519 -N 'throwaway passphrase' -C 'throwaway encrypted' -a 24 -f openssh_encrypted
note openssh_encrypted openssh yes "$(fingerprint openssh_encrypted.pub)"

ssh-keygen -q -t rsa -b 2048 -m PEM -C throwaway -N '' -f pkcs1_rsa
note pkcs1_rsa pkcs1 no "$(fingerprint pkcs1_rsa.pub)"
ssh-keygen -q -t rsa -b 2048 -m PEM -C throwaway -N 'throwaway passphrase' -f pkcs1_encrypted
note pkcs1_encrypted pkcs1 yes -
ssh-keygen -q -t dsa -m PEM -C throwaway -N '' -f dsa_pem
note dsa_pem dsa no "$(fingerprint dsa_pem.pub)"
ssh-keygen -q -t ecdsa -b 256 -m PEM -C throwaway -N '' -f sec1_p256
note sec1_p256 sec1 no "$(fingerprint sec1_p256.pub)"

public_of() { # private key file -> fingerprint
  ssh-keygen -y -f "$1" > "$1.pub"
  fingerprint "$1.pub"
}
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out pkcs8_rsa 2>/dev/null \
  || openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out pkcs8_rsa
chmod 600 pkcs8_rsa
note pkcs8_rsa pkcs8 no "$(public_of pkcs8_rsa)"
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out pkcs8_p384
chmod 600 pkcs8_p384
note pkcs8_p384 pkcs8 no "$(public_of pkcs8_p384)"
openssl genpkey -algorithm ED25519 -out pkcs8_ed25519
ssh_blob=$(openssl pkey -in pkcs8_ed25519 -pubout -outform DER | tail -c 32 |
  { printf '\000\000\000\013ssh-ed25519\000\000\000\040'; cat; } | base64 -w0)
echo "ssh-ed25519 $ssh_blob" > pkcs8_ed25519.pub
note pkcs8_ed25519 pkcs8 no "$(fingerprint pkcs8_ed25519.pub)"
openssl pkcs8 -topk8 -in pkcs8_p384 -passout pass:throwaway -out pkcs8_encrypted
note pkcs8_encrypted pkcs8 yes -
openssl pkcs8 -topk8 -scrypt -in pkcs8_p384 -passout pass:throwaway -out pkcs8_scrypt
note pkcs8_scrypt pkcs8 yes -

echo throwaway > passphrase
for version in 2 3; do
  puttygen openssh_ed25519_0 -O private --ppk-param version=$version -o putty$version.ppk
  note putty$version.ppk putty-$version no "$(fingerprint openssh_ed25519_0.pub)"
  puttygen pkcs1_rsa -O private --ppk-param version=$version --new-passphrase passphrase \
    -o putty$version-encrypted.ppk
  note putty$version-encrypted.ppk putty-$version yes "$(fingerprint pkcs1_rsa.pub)"
done

openssl req -x509 -key pkcs8_rsa -subj '/CN=throwaway.example' -days 3650 -out pkcs8_rsa.crt

GNUPGHOME=$(mktemp -d) && export GNUPGHOME && chmod 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-generate-key 'Throwaway <throwaway@example.org>' ed25519
gpg --batch --quiet --armor --export-secret-keys > openpgp.asc
gpg --batch --quiet --armor --export > openpgp-public.asc
rm -rf "$GNUPGHOME" passphrase
note openpgp.asc openpgp unknown -
