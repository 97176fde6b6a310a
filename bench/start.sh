#!/bin/bash
# What a command costs from the shell: cold `warren up --detach` of ten hosts until they are ready, and `warren ls` of that
# lab, with the AOT cache and without; all in turn, the median of each. CPU is that of the command and, of `up`, of the
# supervisor until then.
#
#   bench/start.sh             as root or not
#   ROUNDS=15                  how often
#   UP=250 LS=120              milliseconds with the cache, above which the exit code is 1
set -euo pipefail
export LC_ALL=C # other locales have a comma in EPOCHREALTIME, and in what awk prints

cd "$(dirname "$0")/.."
rounds=${ROUNDS:-15}
work=$(mktemp -d)
lab=bench-start-$$
trap './warren down "$lab" >/dev/null 2>&1 || :; rm -rf "$work"' EXIT
{
  printf 'lab: %s\nhosts:\n' "$lab"
  printf '  h%s:\n' {1..10}
} >"$work/ten.yaml"

# The cache is made after a build, or beside the first command; then it is there.
find_cache() {
  local folder
  folder=$(readlink -f target/launcher/current)
  for cache in "$folder/warren.aot" "${XDG_CACHE_HOME:-$HOME/.cache}/warren/aot/$(printf %s "$folder/lib" | tr / _).aot"; do
    if [ -s "$cache" ] && [ -e "$cache.key" ]; then return; fi
  done
  return 1
}
./warren --version >/dev/null
for ((wait = 0; wait < 240; wait++)); do
  if find_cache; then break; fi
  sleep 0.5
done
if ! find_cache; then
  echo "bench/start.sh: this JVM made no AOT cache" >&2
  exit 2
fi

micros() { # -> $took, $cpu
  local begin=${EPOCHREALTIME/./} end
  TIMEFORMAT='%3U %3S'
  { time "$@" </dev/null >"$work/said" 2>&1; } 2>"$work/cpu"
  end=${EPOCHREALTIME/./}
  took=$((end - begin))
  cpu=$(awk '{ printf "%d", ($1 + $2) * 1000000 }' "$work/cpu")
}

supervisor_cpu() { # -> $cpu, in steps of 10 ms
  local pid stat
  pid=$(./warren ls --json | tr -d ' ",' | awk -F: -v wanted="$lab" '$1 == "lab" { lab = $2 } $1 == "supervisor" && lab == wanted { print $2; exit }')
  stat=$(cat "/proc/$pid/stat")
  read -ra stat <<<"${stat##*) }"
  cpu=$(((stat[11] + stat[12]) * 10000))
}

median() { # FILE
  sort -n "$1" | awk '{ n[NR] = $1 } END { print (n[int((NR + 1) / 2)] + n[int(NR / 2) + 1]) / 2 }'
}

round() { # NAME
  micros ./warren up --detach "$work/ten.yaml"
  echo "$took" >>"$work/up.$1"
  supervisor_cpu
  echo "$cpu" >>"$work/upcpu.$1"
  micros ./warren ls
  echo "$took" >>"$work/ls.$1"
  echo "$cpu" >>"$work/lscpu.$1"
  ./warren down "$lab" >/dev/null
}

for ((round = 0; round < rounds + 1; round++)); do
  round with
  WARREN_AOT=off round without
  if [ "$round" = 0 ]; then rm "$work"/*.with "$work"/*.without; fi # the files are in memory then
done

printf '%s processors, Linux %s\n' "$(nproc)" "$(uname -r | sed 's/[^0-9.].*//')"
awk -v rounds="$rounds" -v upLimit="${UP:-250}" -v lsLimit="${LS:-120}" \
  -v up="$(median "$work/up.with")" -v upcpu="$(median "$work/upcpu.with")" \
  -v ls="$(median "$work/ls.with")" -v lscpu="$(median "$work/lscpu.with")" \
  -v oldup="$(median "$work/up.without")" -v oldupcpu="$(median "$work/upcpu.without")" \
  -v oldls="$(median "$work/ls.without")" -v oldlscpu="$(median "$work/lscpu.without")" '
  function line(name, time, cpu, base, limit) {
    printf "%-28s %8.0f %8.0f %8.2f%s\n", name, time / 1000, cpu / 1000, time / base, limit ? "   limit " limit " ms" : ""
  }
  BEGIN {
    printf "%-28s %8s %8s %8s\n", "median of " rounds, "ms", "CPU ms", "ratio"
    line("up, ten hosts, AOT cache", up, upcpu, up, upLimit)
    line("up, ten hosts, without", oldup, oldupcpu, up, 0)
    line("ls, AOT cache", ls, lscpu, ls, lsLimit)
    line("ls, without", oldls, oldlscpu, ls, 0)
    exit up > upLimit * 1000 || ls > lsLimit * 1000
  }'
