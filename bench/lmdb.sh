#!/bin/bash
# The price of a fake network: users added to a domain controller's LMDB database and looked up in it over LDAP, (a) without
# Warren, over loopback; (b) in a host, over its loopback; (c) from one host to another; (d) under socket_wrapper. The same
# binaries, settings and file system, each on a fresh copy of the database, all in turn; the median of each.
#
#   bench/lmdb.sh [DIR]        as root; DIR is a build tree of Samba (default: target/samba-tree/samba, see bench/samba-tree.sh)
#   ROUNDS=7                   how often
#   USERS=500 SEARCHES=3000    how much each time
#   LIMIT=1.02                 CPU time of (b) / (a), above which the exit code is 1
#
# The controller of (a) and (d) runs in a network namespace with nothing but loopback, so that it can reach nobody.
set -euo pipefail
export LC_ALL=C

cd "$(dirname "$0")/.."
tree=$(realpath -m "${1:-target/samba-tree/samba}")
rounds=${ROUNDS:-7} users=${USERS:-500} searches=${SEARCHES:-3000} limit=${LIMIT:-1.02}
wrapper=$tree/bin/default/third_party/socket_wrapper/libsocket-wrapper.so
lab=bench-lmdb-$$
load=$PWD/bench/src/main/python/ldap_load.py
password=locDCpass1
base=DC=lmdb,DC=example,DC=test

fail() { # MESSAGE
  echo "bench/lmdb.sh: $1" >&2
  exit 2
}
if [ "$(id -u)" != 0 ]; then fail 'needs root, as a domain cannot be made without'; fi
if [ ! -x "$tree/bin/samba" ]; then fail "$tree: no build tree of Samba there; bench/samba-tree.sh makes one"; fi

mkdir -p target
work=$(mktemp -d "$PWD/target/lmdb.XXXXXX")
conf=$work/dc/etc/smb.conf
quiet='' # the process that keeps the namespace of (a)
finish() {
  stop_server
  if [ -n "$quiet" ]; then kill "$quiet" 2>/dev/null || :; fi
  ./warren down "$lab" >/dev/null 2>&1 || :
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

in_tree() { # COMMAND... : with the tree's programs
  env -i HOME=/root LC_ALL=C "PATH=$tree/bin:/usr/sbin:/usr/bin:/sbin:/bin" "PYTHONPATH=$tree/bin/python" \
    LDB_MODULES_DISABLE_DEEPBIND=1 "SMB_CONF_PATH=$conf" PYTHONDONTWRITEBYTECODE=1 "$@"
}

# The processes of the controller, whichever namespaces they are in; they rewrite their command lines.
servers() {
  local folder
  for folder in /proc/[0-9]*; do
    if grep -q '^samba' "$folder/comm" 2>/dev/null && grep -qz "^SMB_CONF_PATH=$conf\$" "$folder/environ" 2>/dev/null; then
      echo "${folder#/proc/}"
    fi
  done
}

stop_server() {
  local pid pids
  pids=$(servers)
  for pid in $pids; do kill "$pid" 2>/dev/null || :; done
  for pid in $pids; do
    for ((i = 0; i < 100; i++)); do
      if ! kill -0 "$pid" 2>/dev/null; then break; fi
      sleep 0.05
    done
  done
}

# Seconds of CPU time of the controller.
server_cpu() {
  local pid ticks=0
  for pid in $(servers); do
    ticks=$((ticks + $(sed 's/.*) //' "/proc/$pid/stat" | awk '{ print $12 + $13 }')))
  done
  awk -v ticks=$ticks -v hertz="$(getconf CLK_TCK)" 'BEGIN { print ticks / hertz }'
}

provision() {
  mkdir -p "$work/dc/etc"
  touch "$conf" # Samba's programs read it before they write it
  in_tree nsenter --target "$quiet" --net -- "$tree/bin/samba-tool" domain provision --targetdir="$work/dc" \
    --realm=lmdb.example.test --domain=LMDB --adminpass="$password" --host-name=dc --host-ip=127.0.0.1 --use-ntvfs \
    --backend-store=mdb --dns-backend=NONE --quiet >"$work/provision.log" 2>&1 ||
    { cat "$work/provision.log" >&2 && fail 'the domain could not be made'; }
  sed -i -e '/^\tserver services/d' -e '/^\[global\]/a\
    server services = ldap\
    interfaces = lo\
    ldap server require strong auth = no\
    tls enabled = no\
    ldb:nosync = true\
    log level = 0\
    samba kcc command = /bin/true' "$conf"
  mv "$work/dc" "$work/golden"
}

# How each of the rivals starts the controller and the client, and by which address.
rival() { # NAME -> $server $client $address
  case $1 in
    bare) server=(nsenter --target "$quiet" --net --) client=("${server[@]}") address=127.0.0.1 ;;
    host) server=(./warren exec "$lab/dc" --) client=("${server[@]}") address=127.0.0.1 ;;
    hosts) server=(./warren exec "$lab/dc" --) client=(./warren exec "$lab/client" --) address=10.1.0.10 ;;
    wrapper)
      server=(nsenter --target "$quiet" --net -- env "LD_PRELOAD=$wrapper" "SOCKET_WRAPPER_DIR=$work/sockets")
      client=("${server[@]}" SOCKET_WRAPPER_DEFAULT_IFACE=11)
      server+=(SOCKET_WRAPPER_DEFAULT_IFACE=10)
      address=127.0.0.10
      ;;
  esac
}

measure() { # RIVAL : a line of wall seconds of both parts, and the controller's CPU seconds
  local said
  rival "$1"
  rm -rf "$work/dc" "$work/sockets"
  cp -a "$work/golden" "$work/dc"
  mkdir -p "$work/sockets"
  in_tree "${server[@]}" "$tree/bin/samba" --foreground --no-process-group --model=single --configfile="$conf" \
    </dev/null >"$work/samba.log" 2>&1 &
  for ((i = 0; i < 200; i++)); do
    if said=$(in_tree "${client[@]}" /usr/bin/python3 "$load" "ldap://$address" "$base" "$password" "$users" "$searches" \
      2>"$work/errors" </dev/null); then
      echo "$said $(server_cpu)"
      stop_server
      wait
      return
    fi
    sleep 0.1
  done
  cat "$work/samba.log" "$work/errors" >&2
  fail "no answer from the controller ($1)"
}

unshare --net sh -c 'ip link set lo up && exec sleep 7200' &
quiet=$!
for ((i = 0; i < 50; i++)); do
  if nsenter --target "$quiet" --net ip -o link show lo 2>/dev/null | grep -q 'UP'; then break; fi
  sleep 0.1
done
provision

cat >"$work/lab.yaml" <<END
lab: $lab
networks:
  lan: {ipv4: 10.1.0.0/24}
hosts:
  dc:
    interface: {number: 10}
    binds: [{path: "$work", from: "$work", write: true}] # the file system of all rivals
  client: {interface: {number: 11}}
END
./warren up --detach "$work/lab.yaml" >/dev/null

rivals=(bare host hosts)
if [ -e "$wrapper" ]; then rivals+=(wrapper); else echo "left out: socket_wrapper ($wrapper is not there)"; fi
printf '%s processors, Linux %s, Samba %s; %s users, %s searches\n' "$(nproc)" "$(uname -r | sed 's/[^0-9.].*//')" \
  "$(in_tree "$tree/bin/smbd" --version | sed 's/Version //')" "$users" "$searches"
for ((round = 0; round <= rounds; round++)); do
  for name in "${rivals[@]}"; do
    said=$(measure "$name")
    # The first round is for the caches.
    if [ "$round" -gt 0 ]; then echo "$said" >>"$work/$name.results"; fi
  done
done

median() { # RIVAL COLUMN
  awk -v column="$2" '{ print $column }' "$work/$1.results" | sort -n |
    awk '{ n[NR] = $1 } END { print (n[int((NR + 1) / 2)] + n[int(NR / 2) + 1]) / 2 }'
}

declare -A titles=([bare]='without Warren, loopback' [host]='in a host, loopback' [hosts]='between two hosts'
  [wrapper]='socket_wrapper')
printf '%-26s %8s %8s %8s %8s %8s\n' "median of $rounds" 'adds s' 'finds s' 'wall' 'CPU s' 'CPU'
for name in "${rivals[@]}"; do
  awk -v title="${titles[$name]}" -v a="$(median "$name" 1)" -v s="$(median "$name" 2)" -v c="$(median "$name" 3)" \
    -v wall="$(awk -v a="$(median bare 1)" -v s="$(median bare 2)" 'BEGIN { print a + s }')" -v cpu="$(median bare 3)" \
    'BEGIN { printf "%-26s %8.2f %8.2f %8.3f %8.2f %8.3f\n", title, a, s, (a + s) / wall, c, c / cpu }'
done
awk -v b="$(median bare 3)" -v h="$(median host 3)" -v limit="$limit" 'BEGIN { exit h / b > limit }'
