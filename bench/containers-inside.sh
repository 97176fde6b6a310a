#!/bin/bash
# The part of bench/containers.sh that runs in namespaces of its own: FOLDER HOME JDK.
set -euo pipefail

folder=$1
home=$2
jdk=$3
engine=$folder/engine
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir /run/lock
ip link set lo up
export PATH=$engine/usr/bin:$engine/usr/sbin:/usr/sbin:/usr/bin:/sbin:/bin
export LD_LIBRARY_PATH=$engine/usr/lib/x86_64-linux-gnu DOCKER_HOST=unix:///run/docker.sock
# The engine makes groups of processes in the machine's hierarchies, which have no namespace here.
mapfile -t before < <(ls -d /sys/fs/cgroup/docker /sys/fs/cgroup/*/docker 2>/dev/null)
# shellcheck disable=SC2317 # called by the trap
clean() {
  local group
  for group in /sys/fs/cgroup/docker /sys/fs/cgroup/*/docker; do
    if [ -d "$group" ] && [[ " ${before[*]} " != *" $group "* ]]; then
      rmdir "$group" 2>/dev/null || true
    fi
  done
}
trap clean EXIT
dockerd --data-root "$folder/data" --exec-root /run/docker --pidfile /run/docker.pid -H "$DOCKER_HOST" --bridge=none \
  --iptables=false --ip6tables=false --ip-forward=false >"$folder/dockerd.log" 2>&1 &
for _ in $(seq 100); do
  docker version >/dev/null 2>&1 && break
  sleep 0.2
done
docker version --format 'Docker {{.Server.Version}}, containerd and runc of the same release' || {
  tail "$folder/dockerd.log" >&2
  exit 2
}
if ! docker image inspect warren >/dev/null 2>&1; then
  tar -C "$folder/image" -c . | docker import - warren >/dev/null
fi

failed=0
rows=()

# What every container does. Its output is "KEY WORDS" a line.
cat >"$folder/checks.sh" <<'CHECKS'
cd /tmp
export HOME=/tmp
warren=/opt/warren/warren
if [ "${1-}" = range ]; then
  printf '%s:100000:65536\n' "$(id -un)" >/etc/subuid
  cp /etc/subuid /etc/subgid
fi
$warren doctor >doctor.txt
echo "doctor $?"
echo "ids $(sed -n 's/^[a-z]* *mapped ids *//p' doctor.txt)"
printf 'hosts:\n  a:\n  b:\n' >two.yaml
$warren up --detach two.yaml >up.log 2>&1
echo "up $?"
echo "said $(head -n 1 up.log)"
echo "helps $(sed -n 2p up.log)"
$warren exec a -- ping -c 1 b >/dev/null 2>&1
echo "ping $?"
$warren exec b -- python3 -c 'import socket; s = socket.create_server(("", 80)); s.accept()[0].send(b"served")' >/dev/null 2>&1 &
for _ in 1 2 3 4 5 6 7 8 9 10; do
  answer=$($warren exec a -- python3 -c 'import socket; print(socket.create_connection(("b", 80)).recv(9).decode())' 2>/dev/null) && break
  sleep 0.3
done
echo "port80 ${answer-}"
$warren down >/dev/null 2>&1
sleep 1
wait
echo "left $(ps ax -o args= | grep -c '[c]at$')"
CHECKS

of() { # KEY
  sed -n "s/^$1 //p" "$folder/said"
}

setting() { # TITLE EXPECTED RANGE OPTION...
  local title=$1 expected=$2 range=$3 verdict
  timeout 120 docker run --rm --network none --volume "$jdk:/opt/jdk:ro" --env JAVA_HOME=/opt/jdk --volume "$home:/opt/warren:ro" \
    --volume "$folder/checks.sh:/checks.sh:ro" "${@:4}" warren bash /checks.sh "$range" >"$folder/said" 2>&1 || true
  if [ "$(of up)" = 0 ] && [ "$(of ping)" = 0 ] && [ "$(of port80)" = served ] && [ "$(of left)" = 0 ] && [ "$(of doctor)" = 0 ]; then
    verdict=yes
  elif [ "$(of up)" != 0 ] && [ "$(of doctor)" = 1 ] && [ -n "$(of said)" ]; then
    verdict=no
  else
    verdict='in part'
    sed 's/^/  /' "$folder/said" >&2
  fi
  [ "$verdict" = "$expected" ] || failed=1
  rows+=("| $title | $verdict | $(of ids) | $(of said | sed 's/|/\\|/g') | $([ "$verdict" = yes ] || of helps) |")
  printf '%s: %s\n' "$title" "$verdict"
}

profile=(--security-opt "seccomp=$folder/warren-seccomp.json")
setting "Docker's own profile, as root" no none
setting "Docker's own profile, as uid 1000" no none --user 1000
setting "Warren's, as root" yes none "${profile[@]}"
setting "Warren's, as root with a range in /etc/subuid" yes range "${profile[@]}"
setting "Warren's, as uid 1000" yes none "${profile[@]}" --user 1000
setting "Warren's, as uid 1000 without capabilities, no-new-privileges" yes none "${profile[@]}" --user 1000 --cap-drop ALL \
  --security-opt no-new-privileges

# shellcheck disable=SC2016 # Markdown
printf '\n| container | labs work | mapped ids | the first line of `warren up` | the second, where it is refused |\n|---|---|---|---|---|\n'
printf '%s\n' "${rows[@]}"
exit "$failed"
