#!/usr/bin/env python3
"""Lists the fingerprints of the private keys in the source packages of a folder.

  make-test-keys.py FOLDER >list

Each line: fingerprint, a tab, the package and the file in it. The fingerprint is the one that
amivet gives a private key: SHA-256 over the SSH blob, as ssh-keygen -l prints it, for keys that SSH
can use, and over the SubjectPublicKeyInfo (SPKI-SHA256:) for others. Keys behind a passphrase, and
keys that the library refuses, are left out. Needs the Python package cryptography.

The list in signatures/src/main/resources/io/amivet/artifact/key/test-keys.txt is of these packages
of Debian 12, fetched with `apt-get source --download-only`: openssl openssh python3.11 golang-1.19
nodejs gnutls28 curl libssh libssh2 ruby3.1 php8.2 mbedtls wolfssl botan python-cryptography
postgresql-15 libio-socket-ssl-perl libnet-ssleay-perl stunnel4 bouncycastle nss dropbear. The
fingerprints of openssh's keys are those of its own .fp files.
"""
import base64
import hashlib
import pathlib
import re
import sys
import tarfile
import warnings

from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa

warnings.simplefilter("ignore")
PEM = re.compile(
    rb"-----BEGIN ((?:[A-Z0-9]+ )*)PRIVATE KEY-----.{60,9000}?-----END \1PRIVATE KEY-----", re.S)
CURVES = ("secp256r1", "secp384r1", "secp521r1")


def lines_of(block):
    """The block as a file has it: sources of programs quote each line, or write \\n."""
    text = block.decode("latin-1").replace("\\n", "\n").replace("\\r", "")
    lines = []
    for line in text.split("\n"):
        line = line.strip(" \t\r\"',;+\\")
        if line:
            lines.append(line)
    return ("\n".join(lines) + "\n").encode("latin-1")


def load(block):
    for pem in (block.replace(b"\r", b"") + b"\n", lines_of(block)):
        for loader in (s.load_pem_private_key, s.load_ssh_private_key):
            try:
                return loader(pem, None, unsafe_skip_rsa_key_validation=True)
            except TypeError:
                try:
                    return loader(pem, None)
                except Exception:
                    continue
            except Exception:
                continue
    return None


def ssh_dss(public):
    """The SSH blob of a DSA key of any size; the library writes those of 1,024 bits alone."""
    numbers = public.public_numbers()
    parts = numbers.parameter_numbers
    values = [b"ssh-dss"] + [
        n.to_bytes(n.bit_length() // 8 + 1, "big") for n in (parts.p, parts.q, parts.g, numbers.y)]
    return b"".join(len(v).to_bytes(4, "big") + v for v in values)


def fingerprint(key):
    public = key.public_key()
    ssh = isinstance(public, (rsa.RSAPublicKey, ed25519.Ed25519PublicKey)) or (
        isinstance(public, ec.EllipticCurvePublicKey) and public.curve.name in CURVES)
    if isinstance(public, dsa.DSAPublicKey):
        blob, name = ssh_dss(public), "SHA256:"
    elif ssh:
        text = public.public_bytes(s.Encoding.OpenSSH, s.PublicFormat.OpenSSH)
        blob, name = base64.b64decode(text.split()[1]), "SHA256:"
    else:
        blob = public.public_bytes(s.Encoding.DER, s.PublicFormat.SubjectPublicKeyInfo)
        name = "SPKI-SHA256:"
    return name + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def files(archive):
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() and member.size <= 4 << 20:
                yield member.name, tar.extractfile(member).read()


def main(folder):
    found = {}
    for archive in sorted(pathlib.Path(folder).glob("*.tar.*")):
        if archive.name.endswith(".asc"):
            continue
        package = re.sub(r"[+~].*|\.orig.*|\.debian.*", "", archive.name).replace("_", " ")
        for name, contents in files(archive):
            # Go's sources write TESTING for PRIVATE, so that scanners leave them alone.
            contents = contents.replace(b" TESTING KEY-----", b" PRIVATE KEY-----")
            if b"PRIVATE KEY-----" not in contents:
                continue
            inside = name.split("/", 1)[-1]
            for block in PEM.finditer(contents):
                key = load(block.group())
                if key is None:
                    continue
                try:
                    found.setdefault(fingerprint(key), f"{package}, {inside}")
                except Exception:
                    continue
    for value, source in sorted(found.items(), key=lambda item: (item[1], item[0])):
        print(f"{value}\t{source}")


main(sys.argv[1])
