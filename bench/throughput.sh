#!/bin/bash
# TCP throughput and the round trip of one byte between two hosts, beside loopback outside, a bare veth pair through a bridge
# made by hand, and socket_wrapper; and the same through Warren's wire in user space with no delay, 1 ms and 10 ms. One C
# program measures all (bench/src/main/c/tcp.c), all in turn, the median of each.
#
#   bench/throughput.sh        as root or not
#   ROUNDS=7 MILLIS=500        how often, and how long each measurement takes
#   LIMIT=1.1                  how much slower than the bare veth two hosts may be, above which the exit code is 1
set -euo pipefail
export LC_ALL=C.UTF-8

cd "$(dirname "$0")/.."
rounds=${ROUNDS:-7} millis=${MILLIS:-500} lab=bench-throughput-$$
work=$(mktemp -d)
chmod 755 "$work" # a host may have other uids
started=()
finish() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || :; done
  ./warren down "$lab" >/dev/null 2>&1 || :
  rm -rf "$work"
}
trap finish EXIT

if ! command -v "${CC:-cc}" >/dev/null; then
  echo "$0: no C compiler: apt-get install gcc libc6-dev" >&2
  exit 2
fi
tcp=$work/tcp
"${CC:-cc}" -O2 -Wall -Wextra -o "$tcp" bench/src/main/c/tcp.c

# What runs for each rival: a server from the beginning, and now and then the other side.
rivals=()
port=5471
serve() { # COMMAND...
  "$@" </dev/null >/dev/null 2>>"$work/errors" &
  started+=($!)
}

loopback() {
  rivals+=(loopback)
  serve "$tcp" serve 127.0.0.1 $port
}
measure_loopback() { "$tcp" measure 127.0.0.1 $port "$millis"; }

# Three network namespaces: a bridge in one, an end of a veth pair in each of the others. This process keeps them.
veth() {
  local user=() first second
  if ! command -v ip >/dev/null; then
    echo 'left out: bare veth (apt-get install iproute2)'
    return
  fi
  if ! unshare --net true 2>/dev/null; then user=(--user --map-root-user); fi
  mkfifo "$work/made" "$work/end"
  # shellcheck disable=SC2016 # the inner shell's own
  serve unshare "${user[@]}" --net bash -ec '
    ip link set lo up
    ip link add br0 type bridge
    ip link set br0 up
    pids=()
    for number in 1 2; do
      unshare --net sleep 1000000 &
      pids+=($!)
      until [ "$(readlink "/proc/$!/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
      ip link add "outer$number" type veth peer name eth0 netns "$!"
      ip link set "outer$number" master br0 up
      nsenter --target "$!" --net ip link set lo up
      nsenter --target "$!" --net ip link set eth0 up
      nsenter --target "$!" --net ip address add "10.9.0.$number/24" dev eth0
    done
    trap "kill ${pids[*]}" EXIT
    echo "${pids[@]}" >"$0/made"
    read -r _ <"$0/end"' "$work"
  read -r -t 20 first second <"$work/made"
  exec 7<>"$work/end" # closed when this ends, and then the namespaces go
  if [ ${#user[@]} -gt 0 ]; then user=(--user --preserve-credentials); fi
  veth_from=(nsenter --target "$first" "${user[@]}" --net --)
  serve nsenter --target "$second" "${user[@]}" --net -- "$tcp" serve 10.9.0.2 $port
  rivals+=('bare veth')
}
measure_veth() { "${veth_from[@]}" "$tcp" measure 10.9.0.2 $port "$millis"; }

wrapper() {
  local library
  library=$(find /usr/lib /usr/local/lib -name libsocket_wrapper.so -print -quit 2>/dev/null)
  if [ -z "$library" ]; then
    echo 'left out: socket_wrapper (apt-get install libsocket-wrapper)'
    return
  fi
  mkdir "$work/sockets"
  wrapped=(env "LD_PRELOAD=$library" "SOCKET_WRAPPER_DIR=$work/sockets")
  serve "${wrapped[@]}" SOCKET_WRAPPER_DEFAULT_IFACE=10 "$tcp" serve 127.0.0.10 $port
  rivals+=(socket_wrapper)
}
measure_wrapper() { "${wrapped[@]}" SOCKET_WRAPPER_DEFAULT_IFACE=11 "$tcp" measure 127.0.0.10 $port "$millis"; }

# A pair of hosts for each kind of cable; the nearest there is to no delay is a microsecond.
names=(warren 'wire, no delay' 'wire, 1 ms' 'wire, 10 ms')
delays=('' 1us 1ms 10ms)
hosts() {
  local number
  {
    printf 'lab: %s\nnetworks:\n  lan: {ipv4: 10.1.0.0/24}\nhosts:\n' "$lab"
    for number in "${!names[@]}"; do
      printf '  a%s:\n    interface: {number: %s' "$number" $((10 + number))
      if [ -n "${delays[number]}" ]; then printf ', conditions: {delay: %s}' "${delays[number]}"; fi
      printf '}\n    binds: [{path: /tmp/tcp, from: "%s"}]\n' "$tcp"
      printf '  b%s:\n    interface: {number: %s}\n    binds: [{path: /tmp/tcp, from: "%s"}]\n' "$number" $((20 + number)) "$tcp"
    done
  } >"$work/lab.yaml"
  ./warren up --detach "$work/lab.yaml" >/dev/null
  for number in "${!names[@]}"; do
    serve ./warren exec "$lab/b$number" -- /tmp/tcp serve "10.1.0.$((20 + number))" $port
    rivals+=("${names[number]}")
  done
}
measure_host() { # NUMBER
  ./warren exec "$lab/a$1" -- /tmp/tcp measure "10.1.0.$((20 + $1))" $port "$millis" </dev/null
}

measure() { # RIVAL
  case $1 in
    loopback) measure_loopback ;;
    'bare veth') measure_veth ;;
    socket_wrapper) measure_wrapper ;;
    *) for number in "${!names[@]}"; do if [ "${names[number]}" = "$1" ]; then measure_host "$number"; fi; done ;;
  esac
}

printf '%s processors, Linux %s\n' "$(nproc)" "$(uname -r | sed 's/[^0-9.].*//')"
loopback
veth
wrapper
hosts
# Each server listens by then.
for rival in "${rivals[@]}"; do
  for ((try = 0; try < 100; try++)); do
    if (millis=1 && measure "$rival") >/dev/null 2>&1; then break; fi
    sleep 0.1
  done
done

for ((round = 0; round <= rounds; round++)); do
  for rival in "${rivals[@]}"; do
    said=$(measure "$rival")
    # The first round is for the processor's clock and for TCP's memory.
    if [ "$round" -gt 0 ]; then echo "$rival;$said" >>"$work/results"; fi
  done
done

awk -v rounds="$rounds" -v limit="${LIMIT:-1.1}" '
  function median(values, count,   i, j, value) {
    for (i = 2; i <= count; i++) {
      value = values[i]
      for (j = i - 1; j > 0 && values[j] > value; j--) values[j + 1] = values[j]
      values[j + 1] = value
    }
    return (values[int((count + 1) / 2)] + values[int(count / 2) + 1]) / 2
  }
  {
    split($0, parts, ";")
    split(parts[2], numbers, " ")
    name = parts[1]
    if (!(name in count)) order[++kinds] = name
    count[name]++
    rate[name, count[name]] = numbers[1] + 0
    trip[name, count[name]] = numbers[2] + 0
  }
  END {
    for (i = 1; i <= kinds; i++) {
      name = order[i]
      for (j = 1; j <= count[name]; j++) { rates[j] = rate[name, j]; trips[j] = trip[name, j] }
      rateOf[name] = median(rates, count[name])
      tripOf[name] = median(trips, count[name])
    }
    base = ("bare veth" in rateOf) ? "bare veth" : "loopback"
    printf "%-16s %10s %8s %14s %8s\n", "median of " rounds, "Gbit/s", "ratio", "round trip, us", "ratio"
    for (i = 1; i <= kinds; i++) {
      name = order[i]
      printf "%-16s %10.2f %8.2f %14.1f %8.2f\n", name, rateOf[name], rateOf[name] / rateOf[base], tripOf[name], tripOf[name] / tripOf[base]
    }
    printf "ratios to: %s; limit for warren %.2f times as slow\n", base, limit
    exit base == "bare veth" && (rateOf[base] / rateOf["warren"] > limit || tripOf["warren"] / tripOf[base] > limit)
  }' "$work/results"
