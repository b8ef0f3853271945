#!/usr/bin/env bash
# Makes the leaky AMI of `amivet demo`: two EBS volumes of a made-up web server whose builder forgot
# to clean up. Everything secret in it is invented for this purpose.
#
#   make-demo.sh      needs root (for ownership), e2fsprogs, fdisk, openssh-client, openssl, perl
#
# Writes demo-root.img.gz (GPT: BIOS boot, EFI system, ext4 root) and demo-data.img.gz (ext4 on the
# whole disk, mounted at /srv) beside the other test images. Keys and hashes are new in each run.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
out="$here/../src/main/resources/images"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
tree="$work/root"
data="$work/data"
mkdir -p "$tree" "$data" "$out"

put() { # [-m MODE] PATH  (contents on standard input)
  local mode=0644
  if [ "$1" = -m ]; then
    mode="$2"
    shift 2
  fi
  mkdir -p "$(dirname "$1")"
  cat >"$1"
  chmod "$mode" "$1"
}

hash() { # WORD SALT
  # crypt(3) answers *0 for a salt that the scheme does not take.
  perl -e '$_ = crypt($ARGV[0], $ARGV[1]); die "bad salt $ARGV[1]\n" if /^\*/; print' "$1" "$2"
}

random() { # LENGTH ALPHABET
  LC_ALL=C tr -dc "$2" </dev/urandom | head -c "$1" || true
}

alnum='A-Za-z0-9'
key_id="AKIA$(random 16 'A-Z2-7')"
key_secret="$(random 40 "$alnum")"
history_id="AKIA$(random 16 'A-Z2-7')"
history_secret="$(random 40 "$alnum")"
db_password="$(random 14 "$alnum")"
password() { random 16 "$alnum"; }

system_files() {
  put "$tree/etc/os-release" <<EOF
NAME="Example Linux"
ID=example
VERSION_ID="1"
PRETTY_NAME="Example Linux 1 (demo)"
EOF
  put "$tree/etc/hostname" <<<"build-host"
  put "$tree/etc/machine-id" <<<"$(random 32 'a-f0-9')"
  put "$tree/etc/fstab" <<EOF
UUID=5f0c1a52-6f0d-4b2e-9d0a-000000000001 / ext4 defaults 0 1
UUID=5f0c1a52-6f0d-4b2e-9d0a-000000000002 /srv ext4 defaults 0 2
EOF
  put "$tree/etc/shells" <<<$'/bin/sh\n/bin/bash'
  put "$tree/etc/passwd" <<EOF
root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
sshd:x:74:74::/var/empty/sshd:/sbin/nologin
ec2-user:x:1000:1000:EC2 Default User:/home/ec2-user:/bin/bash
deploy:x:1001:1001:Deployment:/srv/deploy:/bin/bash
support:x:0:0::/home/support:/bin/bash
kiosk:x:1002:1002::/home/kiosk:/bin/bash
EOF
  put -m 0600 "$tree/etc/shadow" <<EOF
root:$(hash "$(password)" '$6$demoSaltRoot'):20000:0:99999:7:::
daemon:*:20000:0:99999:7:::
sshd:!!:20000::::::
ec2-user:!!:20000:0:99999:7:::
deploy:$(hash deploy '$6$demoSaltDepl'):20000:0:99999:7:::
support:$(hash "$(password)" '$6$demoSaltSupp'):20000:0:99999:7:::
kiosk::20000:0:99999:7:::
EOF
}

ssh_files() {
  mkdir -p "$tree/root/.ssh" "$tree/etc/ssh/keys" "$tree/home/ec2-user/.ssh"
  chmod 0700 "$tree/root/.ssh" "$tree/home/ec2-user/.ssh"
  ssh-keygen -q -t ed25519 -N '' -C 'release@build-host' -f "$work/login"
  ssh-keygen -q -t rsa -b 2048 -N '' -C 'contractor@laptop' -f "$work/second"
  put -m 0600 "$tree/root/.ssh/authorized_keys" <"$work/login.pub"
  put "$tree/etc/ssh/keys/ec2-user" <"$work/second.pub"
  : >"$tree/home/ec2-user/.ssh/authorized_keys"
  ssh-keygen -q -t rsa -b 2048 -N '' -C 'git@build-host' -f "$tree/root/.ssh/id_rsa"
  ssh-keygen -q -t ed25519 -N "$(password)" -C 'vault@build-host' -f "$tree/home/ec2-user/.ssh/id_ed25519"
  ssh-keygen -q -t ed25519 -N '' -C '' -f "$tree/etc/ssh/ssh_host_ed25519_key"
  put "$tree/etc/ssh/sshd_config" <<EOF
# Demo configuration
Port 22
PermitRootLogin yes
PasswordAuthentication yes
AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/keys/%u
EOF
}

histories() {
  put -m 0600 "$tree/root/.bash_history" <<EOF
yum -y update
export AWS_ACCESS_KEY_ID=$history_id
export AWS_SECRET_ACCESS_KEY=$history_secret
mysql -u root -p$db_password -h db.internal shop < schema.sql
curl -u deploybot:$(password) https://artifacts.example.net/shop.tgz -o /tmp/shop.tgz
rm -rf /tmp/shop.tgz
EOF
  put -m 0600 "$tree/home/ec2-user/.zsh_history" <<EOF
: 1730000000:0;sudo systemctl restart nginx
: 1730000060:0;git clone https://builder:ghp_$(random 36 "$alnum")@github.com/example/shop.git
EOF
  put -m 0600 "$tree/root/.mysql_history" <<EOF
_HiStOrY_V2_
CREATE\040USER\040'shop'@'%'\040IDENTIFIED\040BY\040'$(password)';
EOF
}

credentials() {
  put -m 0600 "$tree/root/.aws/credentials" <<EOF
[default]
aws_access_key_id = $key_id
aws_secret_access_key = $key_secret
EOF
  put -m 0600 "$tree/home/ec2-user/.my.cnf" <<EOF
[client]
user=shop
password=$db_password
EOF
  put -m 0600 "$tree/home/ec2-user/.pgpass" <<<"reports.internal:5432:reports:reader:$(password)"
  put -m 0600 "$tree/home/ec2-user/.netrc" <<<"machine git.example.net login builder password $(password)"
  put -m 0600 "$tree/root/.cvspass" <<<"/1 :pserver:builder@cvs.example.net:2401/srv/cvs Ay=0=a%0bZ"
  local svn="$tree/home/ec2-user/.subversion/auth/svn.simple/d3c5f4b8e3a94d7f8d1f0f4f9e1c2b3a" word realm
  word="$(password)"
  realm='<https://svn.example.net:443> Shop Repository'
  put -m 0600 "$svn" <<EOF
K 8
passtype
V 6
simple
K 8
password
V ${#word}
$word
K 15
svn:realmstring
V ${#realm}
$realm
K 8
username
V 7
builder
END
EOF
  put -m 0600 "$tree/root/.docker/config.json" <<EOF
{"auths": {"registry.example.net": {"auth": "$(printf 'ci:%s' "$(password)" | base64 -w0)"}}}
EOF
  local x509 name
  name="$(random 32 'A-Z2-7')"
  mkdir -p "$tree/home/ec2-user/.ec2"
  x509="$tree/home/ec2-user/.ec2"
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=demo/O=AWS-Developers" \
    -keyout "$x509/pk-$name.pem" -out "$x509/cert-$name.pem" 2>/dev/null
}

logging() {
  put "$tree/etc/rsyslog.conf" <<EOF
module(load="imuxsock")
#*.* @@old-collector.example.net:514
\$IncludeConfig /etc/rsyslog.d/*.conf
*.info;mail.none;authpriv.none  /var/log/messages
*.* @@collector.example.net:6514
EOF
  put "$tree/etc/rsyslog.d/50-auth.conf" <<EOF
if \$syslogfacility-text == 'authpriv' then {
  action(type="omfwd" target="198.51.100.23" port="514" protocol="udp")
}
EOF
  put "$tree/etc/ld.so.preload" <<<"/usr/local/lib/libmetrics.so"
}

decoys() {
  put "$tree/usr/share/doc/awscli/examples/configure.rst" <<EOF
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
EOF
  put "$tree/opt/app/.env.example" <<<$'DB_PASSWORD=changeme\nAPI_KEY=<your key>'
  put "$tree/opt/app/config.yml" <<<$'database:\n  password: ${DB_PASSWORD}'
  put "$tree/etc/ssl/certs/demo-ca.pem" <"$tree"/home/ec2-user/.ec2/cert-*.pem
}

data_files() {
  put -m 0600 "$data/deploy/.bash_history" <<<$'ls\ncd /srv/shop\n./deploy.sh'
  put "$data/shop/.env" <<EOF
APP_ENV=production
DB_HOST=db.internal
DB_PASSWORD=$db_password
STRIPE_SECRET_KEY=sk_live_$(random 24 "$alnum")
EOF
  put "$data/shop/wp-config.php" <<EOF
<?php
define('DB_NAME', 'shop');
define('DB_USER', 'shop');
define('DB_PASSWORD', '$(password)');
EOF
}

image() { # TREE UUID LABEL SIZE FILE
  find "$1" -exec touch -h -d '2026-11-01T12:00:00Z' {} +
  E2FSPROGS_FAKE_TIME=1793534400 mke2fs -q -F -t ext4 -b 4096 -m 0 -O ^has_journal \
    -U "$2" -L "$3" -d "$1" "$5" "$4"
}

system_files
ssh_files
histories
credentials
logging
decoys
data_files
chown -R 1000:1000 "$tree/home/ec2-user"
chown -R 1001:1001 "$data/deploy" "$data/shop"
mkdir -p "$tree/srv" "$tree/tmp"

truncate -s 48M "$work/demo-root.img"
sfdisk -q "$work/demo-root.img" <<EOF
label: gpt
label-id: 5F0C1A52-6F0D-4B2E-9D0A-0000000000AA
start=2048, size=2048, type=21686148-6449-6E6F-744E-656564454649, name="bios"
start=4096, size=8192, type=uefi, name="efi"
start=12288, type=linux, name="root"
EOF
image "$tree" 5f0c1a52-6f0d-4b2e-9d0a-000000000001 demo-root 40M "$work/root.ext4"
dd if="$work/root.ext4" of="$work/demo-root.img" bs=512 seek=12288 conv=notrunc,sparse status=none
truncate -s 16M "$work/demo-data.img"
image "$data" 5f0c1a52-6f0d-4b2e-9d0a-000000000002 demo-data 16M "$work/demo-data.img"
for name in demo-root demo-data; do
  gzip -9nc "$work/$name.img" >"$out/$name.img.gz"
done
ls -l "$out"/demo-*.img.gz
