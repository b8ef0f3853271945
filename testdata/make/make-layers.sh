#!/bin/bash
# Makes an image of a machine that ran containers, and archives of a container image, with the
# engines themselves: docker, containerd, and podman for the storage that podman, buildah and CRI-O
# share.
#
#   make-layers.sh [OUTPUT]          default: ../src/main/resources/images beside this script
#
# layers.img.gz           ext4: /var/lib/docker, /var/lib/containerd, /var/lib/containers, and a
#                         storage of an ordinary user
# layers-saved.tar.gz     docker save
# layers-oci.tar.gz       the same image in the OCI layout
#
# Needs root (overlay and loop mounts), docker.io 20.10, containerd 1.6, runc, podman 4.3, skopeo
# 1.9, conmon, gcc. Nothing is fetched: the image is built from a tarball made here. The one program in it
# has 600 bytes and removes what it is told to, so that layers with whiteouts come from overlayfs.
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC
umask 022

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../src/main/resources/images}
mkdir -p "$out"
work=$(mktemp -d /var/tmp/layers.XXXXXX)
mnt=$work/mnt
mkdir -p "$mnt" "$work/base"/{bin,etc,root/.aws,home/al,opt/app} "$work/context" "$work/run"
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true; done
  grep -o " $work[^ ]*" /proc/mounts | sort -r | xargs -r umount || true
  rm -rf "$work"
}
trap finish EXIT

cat >"$work/remove.c" <<'END'
/* Removes each file or empty directory named; makes a directory of what is not there. */
static long call(long n, const void *a, long b) {
  long r;
  __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b) : "rcx", "r11", "memory");
  return r;
}
__attribute__((naked)) void _start(void) { __asm__("mov %rsp, %rdi\n call run"); }
void run(long *stack) {
  char **argv = (char **)(stack + 1);
  for (int i = 1; argv[i]; i++)
    if (call(87, argv[i], 0) < 0 && call(84, argv[i], 0) < 0) call(83, argv[i], 0755);
  call(60, 0, 0);
}
END
gcc -Os -static -nostdlib -s -Wl,--build-id=none -Wl,-N -Wl,--no-warn-rwx-segments \
  -fno-asynchronous-unwind-tables -o "$work/base/bin/remove" "$work/remove.c"

# --- the image: a login that the second layer removes, a history in the third
cat >"$work/base/etc/passwd" <<'END'
root:x:0:0:root:/root:/bin/sh
al:x:1000:1000::/home/al:/bin/sh
svc:x:1001:1001::/opt/app:/bin/sh
END
printf 'ID=amivet\n' >"$work/base/etc/os-release"
cat >"$work/base/root/.aws/credentials" <<'END'
[default]
aws_access_key_id = AKIA5WLTSAMIVETTEST7
aws_secret_access_key = amivetTest/PxfIWNq0mXsGt7+c2ota6L/Hq2NZM
END
mkdir -p "$work/base/opt/app/.docker" "$work/base/etc/ssh"
printf 'DB_PASSWORD=amivet-bg2Jz5tJ8ekx\n' >"$work/base/opt/app/.env"
printf 'PermitRootLogin yes\nPasswordAuthentication yes\n' >"$work/base/etc/ssh/sshd_config"
echo 'mysql -u root -pQ7vLr2xTn9 app' >"$work/context/history"
echo 'machine git.corp.internal login al password Zr7Tm4Wb1Yc8' >"$work/context/netrc"
find "$work/base" -exec touch -h -d '2026-01-02 03:04:05 UTC' {} +
tar -C "$work/base" --numeric-owner --owner=0 --group=0 --sort=name -c . >"$work/base.tar"
cat >"$work/context/Dockerfile" <<'END'
FROM amivet/base:1
RUN ["/bin/remove", "/root/.aws/credentials", "/opt/app/.env", "/opt/app/.docker", "/opt/app", "/opt/app"]
COPY history /root/.bash_history
COPY netrc /opt/app/.netrc
ENV GITLAB_TOKEN=glpat-Xk29sLq0Zr7Tm4Wb1Yc8
END

truncate -s 256M "$work/scratch.img"
mkfs.ext4 -q "$work/scratch.img"
mount -o loop "$work/scratch.img" "$mnt"
rmdir "$mnt/lost+found"
mkdir -p "$mnt/etc/ssh" "$mnt/home/bo" "$mnt/var/lib"
printf 'root:x:0:0:root:/root:/bin/sh\nbo:x:1000:1000::/home/bo:/bin/sh\n' >"$mnt/etc/passwd"
cp "$work/base/etc/ssh/sshd_config" "$mnt/etc/ssh/"
printf 'LABEL=machine / ext4 defaults 0 1\n' >"$mnt/etc/fstab"

# --- docker
dockerd --data-root "$mnt/var/lib/docker" --exec-root "$work/run/docker" -p "$work/run/docker.pid" \
  -H "unix://$work/run/docker.sock" --iptables=false --ip6tables=false --bridge=none \
  --storage-driver overlay2 >"$work/dockerd.log" 2>&1 &
pids+=($!)
export DOCKER_HOST=unix://$work/run/docker.sock DOCKER_BUILDKIT=0
for _ in $(seq 50); do docker version >/dev/null 2>&1 && break || sleep 0.2; done
docker import "$work/base.tar" amivet/base:1 >/dev/null
docker build -q --network none -t amivet/app:2 "$work/context" >/dev/null
docker volume create shared >/dev/null
docker create --network none --name worker -v shared:/data \
  -e AWS_ACCESS_KEY_ID=AKIA5WLTSAMIVETTEST7 \
  -e AWS_SECRET_ACCESS_KEY=amivetTest/PxfIWNq0mXsGt7+c2ota6L/Hq2NZM \
  -e DB_PASSWORD=Lr2xTn9Q7vWb \
  amivet/app:2 /bin/remove /root/.bash_history >/dev/null
printf 'https://al:Yc8Wb1Tm4Zr7@git.corp.internal\n' >"$work/git-credentials"
docker cp "$work/git-credentials" worker:/home/al/.git-credentials
docker start worker >/dev/null
docker wait worker >/dev/null
printf '//registry.npmjs.org/:_authToken=Hs82Kd01-Qp55-4ab1-9Zx7-Lm30Vc66Rt12\n' \
  >"$mnt/var/lib/docker/volumes/shared/_data/.npmrc"
docker save amivet/app:2 >"$work/saved.tar"
kill "${pids[0]}"; wait "${pids[0]}" || true; pids=()
rm -rf "$mnt/var/lib/docker/"{buildkit,containerd,network,plugins,runtimes,swarm,tmp,trust}

# --- containerd
skopeo --insecure-policy copy -q "docker-archive:$work/saved.tar" "oci-archive:$work/oci.tar:amivet/app:2"
containerd --root "$mnt/var/lib/containerd" --state "$work/run/containerd" \
  -a "$work/run/containerd.sock" >"$work/containerd.log" 2>&1 &
pids+=($!)
ctr() { command ctr -a "$work/run/containerd.sock" "$@"; }
for _ in $(seq 50); do ctr version >/dev/null 2>&1 && break || sleep 0.2; done
ctr image import --snapshotter overlayfs --base-name amivet/app "$work/oci.tar" >/dev/null
kill "${pids[0]}"; wait "${pids[0]}" || true; pids=()
find "$mnt/var/lib/containerd" -mindepth 1 -maxdepth 1 -type d \
  ! -name '*content.v1*' ! -name '*overlayfs' ! -name '*bolt' -exec rm -rf {} +

# --- podman, buildah, CRI-O: as root, and in a home
storage() {
  podman --root "$1" --runroot "$work/run/podman" --storage-driver overlay \
    --cgroup-manager cgroupfs --events-backend none "${@:2}"
}
for root in "$mnt/var/lib/containers/storage" "$mnt/home/bo/.local/share/containers/storage"; do
  skopeo --insecure-policy copy -q "docker-archive:$work/saved.tar" \
    "containers-storage:[overlay@$root+$work/run/podman]amivet/app:2"
done
id=$(storage "$mnt/var/lib/containers/storage" create --network none --name shell amivet/app:2 /bin/remove /etc/os-release)
mkdir -p "$work/keys"
printf 'db.corp.internal:5432:app:al:Wb1Tm4Zr7Yc8\n' >"$work/keys/pgpass"
storage "$mnt/var/lib/containers/storage" cp "$work/keys/pgpass" "$id:/home/al/.pgpass"
storage "$mnt/var/lib/containers/storage" umount -a >/dev/null
grep -o " $mnt/[^ ]*" /proc/mounts | sort -r | xargs -r umount
find "$mnt" -name '*.lock' -delete
chown -R 1000:1000 "$mnt/home/bo"
# Anew, without a journal and without what was deleted.
rm -f "$work/layers.img"
mke2fs -q -t ext4 -d "$mnt" -N 1024 -m 0 -O ^has_journal,^resize_inode -L machine \
  -U 5a17c0de-0000-4000-8000-00000000c0de -E hash_seed=5a17c0de-0000-4000-8000-00000000c0de \
  "$work/layers.img" 16M
umount "$mnt"
gzip -9nc "$work/layers.img" >"$out/layers.img.gz"
gzip -9nc "$work/saved.tar" >"$out/layers-saved.tar.gz"
gzip -9nc "$work/oci.tar" >"$out/layers-oci.tar.gz"
ls -l "$out"/layers*
