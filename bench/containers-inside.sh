#!/bin/bash
# The part of bench/containers.sh that runs in namespaces of its own: ENGINE FOLDER HOME JDK PART...
set -euo pipefail

engine=$1
folder=$2
home=$3
jdk=$4
parts=("${@:5}")
failed=0
rows=()
extra=()
how=run

mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir /run/lock
ip link set lo up
for part in usr etc; do
  if [ -d "$folder/$engine/$part" ]; then
    mount -t overlay overlay -o "ro,lowerdir=$folder/$engine/$part:/$part" "/$part"
  fi
done

start_docker() {
  export DOCKER_HOST=unix:///run/docker.sock
  run=(docker)
  dockerd --data-root "$folder/docker-data" --exec-root /run/docker --pidfile /run/docker.pid -H "$DOCKER_HOST" --bridge=none \
    --iptables=false --ip6tables=false --ip-forward=false >"$folder/dockerd.log" 2>&1 &
  local _
  for _ in $(seq 100); do
    docker version >/dev/null 2>&1 && break
    sleep 0.2
  done
  docker version --format '{{.Server.Version}}' >"$folder/version" 2>/dev/null || {
    tail "$folder/dockerd.log" >&2
    exit 2
  }
}

start_podman() {
  run=(podman --root "$folder/podman-data" --runroot /run/podman --tmpdir /run/libpod --runtime crun --cgroup-manager cgroupfs
    --events-backend file --storage-driver overlay)
  # crun refuses machines with both kinds of control groups: here there is but the newer one, and none is made.
  extra=(--cgroups=disabled)
  if [ "$(stat --file-system --format %T /sys/fs/cgroup)" != cgroup2fs ]; then
    umount --recursive --lazy /sys/fs/cgroup
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
  fi
  "${run[@]}" version --format '{{.Client.Version}}' >"$folder/version"
}

of() { # KEY
  sed -n "s/^$1 //p" "$said"
}

# What a container does is in containers-checks.sh. It has no IPv6 as long as nobody asks for it: so Docker has it.
setting() { # TITLE EXPECTED RANGE OPTION...
  local title=$1 expected=$2 range=$3 verdict results core='' plan='' name
  if [[ ! $title =~ ${SETTINGS:-.} ]]; then return; fi
  name=$engine-$(tr -cs 'a-z0-9\n' - <<<"${title,,}")
  results=$folder/results/$name
  said=$results/said
  mkdir -p "$results/cache/warren"
  # A container's user.
  chmod -R a+rwX "$results"
  printf '%s, %s ... ' "$engine" "$title"
  local options=(--rm --network none --volume "$jdk:/opt/jdk:ro" --env JAVA_HOME=/opt/jdk --volume "$home:/opt/warren:ro"
    --volume "$results:/results" --volume "$results/cache:/cache" "${extra[@]}")
  if [ -d "$folder/jars" ]; then options+=(--volume "$folder/jars:/opt/jars:ro"); fi
  if [ -d "$folder/packages" ]; then
    mkdir -p "$results"/cache/warren/{layers,requests}
    options+=(--volume "$folder/packages/warren/layers:/cache/warren/layers:ro"
      --volume "$folder/packages/warren/requests:/cache/warren/requests:ro")
  fi
  local wanted=("${parts[@]}")
  if [ "$how" = runner ]; then
    as_a_runner >"$said" 2>&1 || true
  else
    timeout 1800 "${run[@]}" run "${options[@]}" "${@:4}" warren bash /opt/warren/bench/containers-checks.sh "$range" "${wanted[@]}" \
      >"$said" 2>&1 || true
  fi
  rm -rf "$results/cache"
  if [ "$(of up)" = 0 ] && [ "$(of ping)" = 0 ] && [ "$(of port80)" = served ] && [ "$(of left)" = 0 ] && [ "$(of doctor)" = 0 ]; then
    verdict=yes
  elif [ "$(of up)" != 0 ] && [ "$(of wrapped)" = 0 ] && [ "$(of port80)" = served ] && [ "$(of left)" = 0 ] && [ "$(of doctor)" = 0 ] &&
    [ -n "$(of said)" ] && [ -n "$(of helps)" ] && [[ $(of told) == *': hosts run under cwrap' ]]; then
    verdict=cwrap
  else
    verdict='in part'
    sed 's/^/  /' "$said" >&2
  fi
  printf '%s' "$verdict"
  if [ "$verdict" != "$expected" ]; then
    printf ' (NOT AS EXPECTED)'
    failed=1
  fi
  if [ -f "$results/st/events.jsonl" ]; then
    plan=$(outcomes "$results/st/events.jsonl")
    printf '; plan: %s' "$plan"
    if [[ $plan =~ [0-9]\ (fail|error|uxsuccess) ]]; then failed=1; fi
  fi
  if [ -n "$(of core)" ]; then
    core=$(of core)
    printf '; core: %s' "$core"
    if [ -n "$(of unexpected)" ]; then
      of unexpected | sed 's/^/\n  unexpected: /' >&2
      failed=1
    fi
  fi
  printf '\n'
  rows+=("| ${engine^} $(cat "$folder/version"), $title | $verdict | $(of ids) | $core | $plan | $(of said | sed 's/|/\\|/g') | $(of helps) |")
}

# As GitLab's runner makes containers: by the engine's API, with what its settings say. The labs only.
as_a_runner() {
  local words id
  mapfile -t words < <("$home/warren" seccomp --for gitlab | sed -n "s/^ *security_opt = \['\(.*\)', '\(.*\)'\]$/\1\n\2/p" |
    sed 's/[\\"]/\\&/g')
  id=$(curl --silent --show-error --unix-socket /run/docker.sock --header 'Content-Type: application/json' --data @- \
    http://docker/containers/create <<BODY | sed -n 's/.*"Id":"\([0-9a-f]*\)".*/\1/p'
{"Image": "warren", "Cmd": ["bash", "/opt/warren/bench/containers-checks.sh", "none", "labs"], "Env": ["JAVA_HOME=/opt/jdk"],
 "HostConfig": {"NetworkMode": "none", "Binds": ["$jdk:/opt/jdk:ro", "$home:/opt/warren:ro"],
  "SecurityOpt": ["${words[0]}", "${words[1]}"]}}
BODY
  )
  timeout 300 docker start --attach "$id"
  docker rm "$id" >/dev/null
}

# "20 success, 19 skipped"
outcomes() { # EVENTS
  sed -n 's/.*"type":"suite-finished".* ids, mapped are .*/refused: too few user ids/p; t
    s/.*"type":"suite-finished".*"result":{"outcome":"\([a-z-]*\)".*/\1/p; s/.*"type":"suite-skipped".*/skipped/p' "$1" |
    sort | uniq -c | awk '{ count = $1; $1 = ""; printf "%s%d%s", (NR > 1 ? ", " : ""), count, $0 }'
}

case $engine in
  docker) start_docker ;;
  podman) start_podman ;;
esac
if ! "${run[@]}" image inspect warren >/dev/null 2>&1; then
  tar -C "$folder/image" -c . | "${run[@]}" import - warren >/dev/null
fi
# As `warren seccomp` says it is to be written, where its file lies.
cd "$folder"
read -ra profile < <("$home/warren" seccomp --for "$engine" | sed -n "s/^$engine run \(.*\) IMAGE\$/\1/p")
case $engine in
  docker)
    setting "Docker's own profile, as root" cwrap none
    setting "Docker's own profile, as uid 1000" cwrap none --user 1000
    ;;
  podman)
    setting "Podman's own profile, as root" cwrap none
    setting "Podman's own profile, as uid 1000" cwrap none --user 1000
    ;;
esac
setting "Warren's, as root" yes none "${profile[@]}"
setting "Warren's, as root with a range in /etc/subuid" yes range "${profile[@]}"
setting "Warren's, as uid 1000" yes none "${profile[@]}" --user 1000
setting "Warren's, as uid 1000 without capabilities, no-new-privileges" yes none "${profile[@]}" --user 1000 --cap-drop ALL \
  --security-opt no-new-privileges

parts=(labs)
if [ "$engine" = docker ]; then
  how=runner
  setting "Warren's, as root, as GitLab's runner passes it on" yes none
  how=run
  setting "Warren's, as root, systempaths=unconfined" yes none "${profile[@]}" --security-opt systempaths=unconfined
  kill "$(cat /run/docker.pid)"
  wait
  mount -t tmpfs tmpfs /etc/docker
  cp warren-seccomp.json /etc/docker
  "$home/warren" seccomp --for daemon | sed '/^#/d' >/etc/docker/daemon.json
  start_docker
  setting "the daemon's setting, as root" yes none
else
  "$home/warren" seccomp --base /usr/share/containers/seccomp.json >merged.json
  setting "Podman's own with the smallest addition, as root" yes none --security-opt seccomp=merged.json
  setting "Warren's, as root, unmask=ALL" yes none "${profile[@]}" --security-opt unmask=ALL
fi

# shellcheck disable=SC2016 # Markdown
printf '\n| container | labs work | mapped ids | core of the tests | samba/quick: suites | the first line of `warren up` | the second |\n'
printf '|---|---|---|---|---|---|---|\n'
printf '%s\n' "${rows[@]}"
exit "$failed"
