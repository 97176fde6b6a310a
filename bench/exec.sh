#!/bin/bash
# What `warren exec` costs, against a bare nsenter into the same namespaces: the two in turn, the median of each.
#
#   bench/exec.sh [HOST]       HOST of a running lab; without, the lab of examples/three-hosts.yaml is made for it
#   RUNS=50 LIMIT=1.5          how often, and the ratio above which the exit code is 1
set -euo pipefail
export LC_ALL=C # other locales have a comma in EPOCHREALTIME, and in what awk prints

cd "$(dirname "$0")/.."
runs=${RUNS:-50}
limit=${LIMIT:-1.5}
lab=bench-exec-$$

if [ $# -eq 0 ]; then
  ./warren up --detach --name "$lab" examples/three-hosts.yaml >/dev/null
  trap './warren down "$lab" >/dev/null' EXIT
  set -- "$lab/a"
fi
host=$1

# The host's init, as the host itself names it to us: the PID in its file, by `warren ls`.
pid=$(./warren ls --json | tr -d ' ",' | awk -F: -v wanted="$host" '
  $1 == "lab" { lab = $2 }
  $1 == "name" { name = $2 }
  $1 == "pid" && (wanted == name || wanted == lab "/" name) { print $2; exit }')
if [ -z "$pid" ]; then
  echo "bench/exec.sh: no running host $host" >&2
  exit 2
fi
user=()
if [ "$(readlink "/proc/$pid/ns/user")" != "$(readlink /proc/self/ns/user)" ]; then
  user=(--user --preserve-credentials)
fi
bare=(nsenter --target "$pid" "${user[@]}" --mount --uts --ipc --net --pid -- /bin/true)
warren=(./warren exec "$host" -- /bin/true)

micros() { # COMMAND... -> $took
  local begin=${EPOCHREALTIME/./} end
  "$@" </dev/null
  end=${EPOCHREALTIME/./}
  took=$((end - begin))
}

median() { # NUMBER...
  printf '%s\n' "$@" | sort -n | awk '{ n[NR] = $1 } END { print (n[int((NR + 1) / 2)] + n[int(NR / 2) + 1]) / 2 }'
}

for _ in 1 2 3; do # the files are in memory then
  "${bare[@]}"
  "${warren[@]}"
done
bare_times=() warren_times=()
for ((run = 0; run < runs; run++)); do
  micros "${bare[@]}"
  bare_times+=("$took")
  micros "${warren[@]}"
  warren_times+=("$took")
done

awk -v bare="$(median "${bare_times[@]}")" -v warren="$(median "${warren_times[@]}")" -v runs="$runs" -v limit="$limit" '
  BEGIN {
    ratio = warren / bare
    printf "%-14s %10s %8s\n", "median of " runs, "ms", "ratio"
    printf "%-14s %10.2f %8.2f\n", "nsenter", bare / 1000, 1
    printf "%-14s %10.2f %8.2f   limit %.2f\n", "warren exec", warren / 1000, ratio, limit
    exit ratio > limit
  }'
