#!/usr/bin/env python3
"""Makes small trees as a root, a /boot and an EFI system partition hold them.

    fill-root.py ROOT BOOT EFI

The root has what amivet finds: logins, keys and tokens. All of it is made up.
"""

import os
import sys


def put(top, name, data, mode=0o644):
    path = os.path.join(os.fsencode(top), os.fsencode(name))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())
    os.chmod(path, mode)
    # Whole seconds, even ones: FAT has no others.
    os.utime(path, ns=(1_700_000_000_000_000_000, 1_700_000_000_000_000_000))
    return path


def key_block():
    # No key: the letters of the alphabet over and over.
    body = "\n".join("MIIEowIBAAKCAQEA" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef0123456789+/ABCD" for _ in range(24))
    return "-----BEGIN RSA PRIVATE" + " KEY-----\n" + body + "\n-----END RSA PRIVATE" + " KEY-----\n"


def secrets(root):
    put(root, "etc/passwd", "root:x:0:0:root:/root:/bin/bash\nbuilder:x:1000:1000::/home/builder:/bin/sh\n")
    crypt = "$6$" + "saltsalt$" + "Q" * 86
    put(root, "etc/shadow", "root:%s:19000:0:99999:7:::\nbuilder:%s:19000:0:99999:7:::\n" % (crypt, crypt), 0o640)
    put(root, "etc/ssh/sshd_config", "PermitRootLogin yes\nPasswordAuthentication yes\n")
    put(root, "etc/ssh/ssh_host_rsa_key", key_block(), 0o600)
    put(root, "root/.ssh/authorized_keys", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "B" * 43 + " builder@example\n", 0o600)
    token = "AKIA" + "QWERTYUIOP234567"
    secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ8vNtLpKd"
    put(root, "root/.aws/credentials", "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n" % (token, secret), 0o600)
    put(root, "home/builder/.bash_history", "export AWS_SECRET_ACCESS_KEY=%s\n" % secret, 0o600)
    put(root, "home/builder/.git-credentials", "https://builder:ghp_" + "a1B2c3D4e5F6" * 3 + "@github.com\n", 0o600)
    large = b"".join(b"log line %07d of a service\n" % i for i in range(120_000))
    put(root, "var/log/large.log", large + ("key " + token + " " + secret + "\n").encode())


def other(root):
    for i in range(400):
        put(root, "usr/lib/python3/module_%03d/__init__.py" % i, "# module %d\n" % i * (i % 50 + 1))
    for i in range(700):
        put(root, "usr/share/doc/package-%03d" % i, b"")
    put(root, b"srv/latin-1-\xe9", b"odd")
    put(root, b"srv/new\nline", b"odd")
    path = put(root, "srv/sparse", b"begin")
    with open(path, "r+b") as file:
        file.seek(9_000_000)
        file.write(b"end")
    os.link(os.path.join(root, "etc/passwd"), os.path.join(root, "srv/hard-link"))
    for length in (1, 59, 60, 155, 1000):
        os.symlink("t" * length, os.path.join(root, "srv/link-%d" % length))
    os.mkfifo(os.path.join(root, "srv/fifo"))
    os.mkdir(os.path.join(root, "boot"))
    os.setxattr(os.path.join(root, "etc/passwd"), "user.note", b"n" * 300)


def boot(top):
    put(top, "vmlinuz-6.1.0", bytes(range(256)) * 8000)
    put(top, "grub2/grub.cfg", "set timeout=0\n")
    for i in range(60):
        put(top, "grub2/i386-pc/module%d.mod" % i, b"m" * i * 90)


def efi(top):
    put(top, "EFI/BOOT/BOOTX64.EFI", b"MZ" + bytes(300_000))
    put(top, "EFI/distribution/a long name of a file.cfg", "search\n")
    for i in range(40):
        put(top, "EFI/distribution/fonts/unicode-%d.pf2" % i, b"f" * 700 * i)


def main(root, boot_folder, efi_folder):
    secrets(root)
    other(root)
    boot(boot_folder)
    efi(efi_folder)


if __name__ == "__main__":
    os.umask(0o022)
    main(*sys.argv[1:])
