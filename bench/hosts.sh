#!/bin/bash
# What it costs to make and to remove hosts on one bridge: Warren in a warm JVM, beside a C program with the same system
# calls (the floor), `ip netns` with `ip -batch`, Samba's way, Mininet, Firejail; all in turn, the median of each, for a host.
#
#   bench/hosts.sh             as root: most of the others need it
#   COUNTS="1 10 100 500"      how many hosts
#   ROUNDS=5                   how often
#   RIVALS="..."               which of: warren floor ip samba mininet firejail
#   SLOW=100                   above so many hosts, only Warren, the floor and `ip` are measured; Firejail above 10
#   WARM=200                   how many labs of 100 hosts the JVM makes before
#   LIMIT=1.25                 the ratio to the floor at 100 hosts, in wall time and in CPU time, above which the exit code is 1
#
# CPU time is that of the processes that make and are the hosts. What the kernel does later in the background, as it
# removes namespaces, is nobody's.
set -euo pipefail
export LC_ALL=C

cd "$(dirname "$0")/.."
if [ "$(id -u)" != 0 ]; then
  echo "bench/hosts.sh: run it as root: the programs that Warren is compared with need it" >&2
  exit 2
fi
if [ "${WARREN_BENCH_INSIDE-}" != yes ]; then
  ./warren --version >/dev/null # builds what is not built
  # Nothing of this touches the machine's network: the bridges are made in here.
  export WARREN_BENCH_INSIDE=yes
  exec unshare --net --mount --propagation private -- bash "$0" "$@"
fi
ip link set lo up
mount -t sysfs sysfs /sys # shows the interfaces of this network namespace
mkdir -p /run/netns
mount -t tmpfs netns /run/netns

if ! command -v ip >/dev/null; then
  echo "bench/hosts.sh: no ip: apt-get install iproute2" >&2
  exit 2
fi
. bench/java.sh
compile floor
"${CC:-cc}" -O2 -static -nostdlib -ffreestanding -fno-stack-protector -o "$work/init" bench/src/main/c/init.c
trap 'exit 130' INT TERM
rounds=${ROUNDS:-5}
threads=$(nproc)

rivals=()
for rival in ${RIVALS:-warren floor ip samba mininet firejail}; do
  case $rival in
    mininet)
      if ! command -v mnexec >/dev/null || ! command -v brctl >/dev/null; then
        echo "not measured: Mininet (apt-get install mininet bridge-utils)"
        continue
      fi
      ;;
    firejail)
      if ! command -v firejail >/dev/null; then
        echo "not measured: Firejail (apt-get install firejail)"
        continue
      fi
      ;;
    warren | floor | ip | samba) ;;
    *) echo "bench/hosts.sh: no rival $rival" >&2 && exit 2 ;;
  esac
  rivals+=("$rival")
done

# ---- Each prints four numbers: microseconds until all are up, CPU time of that, until all are gone, CPU time of that.

warren() { # HOSTS
  echo "$1" >&"$to_jvm"
  read -r result <&"$from_jvm"
}

floor() { # HOSTS
  result=$("$work/floor" "$1" "$threads" "$work/init")
}

cpu() { # -> $cpu: of this shell and of its children that have ended
  local user system rest sum=0
  while read -r user system rest; do
    for one in "$user" "$system"; do
      one=${one%s}
      sum=$((sum + ${one%m*} * 60000000 + 10#$(tr -d . <<<"${one#*m}") * 1000))
    done
  done < <(cat "$work/times")
  cpu=$sum
}

measured() { # FUNCTION HOSTS: makes them by FUNCTION-up and removes them by FUNCTION-down
  local begin up down up_cpu begin_cpu
  times >"$work/times" && cpu && begin_cpu=$cpu begin=${EPOCHREALTIME/./}
  "$1-up" "$2"
  up=${EPOCHREALTIME/./}
  times >"$work/times" && cpu && up_cpu=$cpu
  "$1-down" "$2"
  down=${EPOCHREALTIME/./}
  times >"$work/times" && cpu
  result="$((up - begin)) $((up_cpu - begin_cpu)) $((down - up)) $((cpu - up_cpu))"
}

bridge() { # NAME
  ip -batch - <<END
link add $1 type bridge
link set $1 up
END
}

address() { # HOST
  echo "10.8.$(($1 / 250)).$(($1 % 250 + 1))"
}

# Network namespaces only, each with a process that stands for it, and everything in as few `ip` as there can be.
ip-up() {
  local host
  bridge lan
  for ((host = 0; host < $1; host++)); do
    echo "netns add h$host"
    echo "link add h$host type veth peer name eth0 netns h$host"
    echo "link set h$host master lan up"
  done | ip -batch -
  for ((host = 0; host < $1; host++)); do
    ip -n "h$host" -batch - <<END
addr add $(address "$host")/16 dev eth0
link set eth0 up
link set lo up
END
  done
}

ip-down() {
  local host
  for ((host = 0; host < $1; host++)); do
    echo "netns delete h$host"
  done | ip -batch -
  ip link delete lan
}

# The page from the wiki: `unshare` runs a script inside, which makes the cable and hands one end to the parent; the
# parent looks for it every 0.1 s.
# shellcheck disable=SC2016 # it is for another shell
samba_inside='
  ip link add "veth$1" type veth peer name "veth$1-br"
  ip link set dev "veth$1-br" netns "$2"
  ip link set dev lo up
  ip link set dev "veth$1" up
  ip addr add "$3/16" dev "veth$1"
  exec sleep 600'
samba_pids=()

samba-up() {
  local host
  bridge selftest0
  samba_pids=()
  for ((host = 0; host < $1; host++)); do
    unshare --net -- sh -c "$samba_inside" sh "$host" $$ "$(address "$host")" &
    samba_pids+=($!)
    while ! ip link show "veth$host-br" >/dev/null 2>&1; do
      sleep 0.1
    done
    ip link set dev "veth$host-br" up
    ip link set "veth$host-br" master selftest0
  done
}

samba-down() {
  kill "${samba_pids[@]}"
  wait "${samba_pids[@]}" 2>/dev/null || true
  ip link delete selftest0
}

cat >"$work/make.py" <<'END'
import resource, sys, time
from mininet.net import Mininet
from mininet.nodelib import LinuxBridge
from mininet.topo import SingleSwitchTopo
def cpu():
    sum = 0
    for who in resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN:
        usage = resource.getrusage(who)
        sum += usage.ru_utime + usage.ru_stime
    return sum
begin, begin_cpu = time.time(), cpu()
net = Mininet(SingleSwitchTopo(int(sys.argv[1])), switch=LinuxBridge, controller=None, ipBase="10.8.0.0/16")
net.start()
up, up_cpu = time.time(), cpu()
net.stop()
print(*(round(1e6 * x) for x in (up - begin, up_cpu - begin_cpu, time.time() - up, cpu() - up_cpu)))
END

mininet() {
  result=$(/usr/bin/python3 "$work/make.py" "$1" 2>"$work/mininet.err") || { cat "$work/mininet.err" >&2 && return 1; }
}

firejail_pids=()

firejail-up() {
  local host
  bridge lan
  ip addr add 10.8.255.254/16 dev lan
  firejail_pids=()
  for ((host = 0; host < $1; host++)); do
    mkfifo "$work/ready"
    # shellcheck disable=SC2016 # it is for another shell
    firejail --quiet --noprofile --net=lan --ip="$(address "$host")" --netmask=255.255.0.0 -- \
      sh -c 'echo ready >"$1"; exec sleep 600' sh "$work/ready" &
    firejail_pids+=($!)
    read -r _ <"$work/ready"
    rm "$work/ready"
  done
}

firejail-down() {
  kill "${firejail_pids[@]}"
  wait "${firejail_pids[@]}" 2>/dev/null || true
  ip link delete lan
}

# ---- the rounds

if [[ " ${rivals[*]} " == *" warren "* ]]; then
  coproc JVM {
    exec "$jdk/bin/java" --enable-native-access=ALL-UNNAMED -cp "$work/classes:$library/*" \
      dev.warren.bench.HostsBench "$work/labs" "${WARM:-200}"
  }
  # shellcheck disable=SC2153 # bash sets it
  from_jvm=${JVM[0]} to_jvm=${JVM[1]} jvm=$JVM_PID
  trap 'exec {to_jvm}>&-; wait "$jvm" || true; rm -rf "$work"' EXIT
  read -r _ <&"$from_jvm"
fi

printf '%s processors, Linux %s, Java %s\n' "$threads" "$(uname -r | sed 's/[^0-9.].*//')" \
  "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$jdk/release")"
for hosts in ${COUNTS:-1 10 100 500}; do
  for ((round = 0; round < rounds; round++)); do
    for rival in "${rivals[@]}"; do
      case $rival in
        samba | mininet) [ "$hosts" -le "${SLOW:-100}" ] || continue ;;
        firejail) [ "$hosts" -le 10 ] || continue ;; # more than a second each
      esac
      case $rival in
        warren | floor | mininet) "$rival" "$hosts" ;;
        *) measured "$rival" "$hosts" ;;
      esac
      echo "$hosts $rival $result" >>"$work/results"
      sleep 0.3 # the kernel still removes namespaces
    done
  done
done

awk -v limit="${LIMIT:-1.25}" '
  function median(key, column,   n, i, j, swap, list) {
    n = split(values[key, column], list, " ")
    for (i = 2; i <= n; i++)
      for (j = i; j > 1 && list[j] + 0 < list[j - 1] + 0; j--) { swap = list[j]; list[j] = list[j - 1]; list[j - 1] = swap }
    return (list[int((n + 1) / 2)] + list[int(n / 2) + 1]) / 2
  }
  {
    key = $1 " " $2
    if (!(key in seen)) { seen[key] = 1; keys[++count] = key }
    for (column = 3; column <= 6; column++) values[key, column] = values[key, column] " " $column / $1 / 1000
    values[key, "wall"] = values[key, "wall"] " " ($3 + $5) / $1 / 1000
    values[key, "cpu"] = values[key, "cpu"] " " ($4 + $6) / $1 / 1000
  }
  END {
    printf "\n%-6s %-10s %9s %9s %9s %9s %9s %9s\n", "", "ms a host", "up", "CPU", "down", "CPU", "wall", "CPU"
    printf "%-6s %-10s %9s %9s %9s %9s %9s %9s\n", "hosts", "", "", "", "", "", "/ floor", "/ floor"
    for (i = 1; i <= count; i++) {
      split(keys[i], part, " ")
      floor = part[1] " floor"
      printf "%-6s %-10s", part[1], part[2]
      for (column = 3; column <= 6; column++) printf " %9.2f", median(keys[i], column)
      if (floor in seen) {
        wall = median(keys[i], "wall") / median(floor, "wall")
        cpu = median(keys[i], "cpu") / median(floor, "cpu")
        printf " %9.2f %9.2f", wall, cpu
        if (keys[i] == "100 warren") {
          printf "   limit %.2f", limit
          missed = wall > limit || cpu > limit
        }
      }
      print ""
    }
    exit missed
  }' "$work/results"
