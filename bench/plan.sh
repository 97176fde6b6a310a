#!/bin/bash
# A plan of Samba's suites (a) as Samba's own harness runs it: one suite after the other, testenvs set up cold; (b) so, but
# testenvs started from snapshots; (c) from snapshots, and several suites at a time; in turn, the median of each. CPU is that
# of Warren and of all that ran in its labs. Samba is fetched at first use.
#
#   bench/plan.sh              as root or not
#   ROUNDS=3                   how often
#   JOBS=4                     how many suites at a time
#   PLAN=samba/quick           another plan
#   LIMIT=0.50                 (c) / (a), above which the exit code is 1
set -euo pipefail
export LC_ALL=C # other locales have a comma in EPOCHREALTIME, and in what awk prints

cd "$(dirname "$0")/.."
rounds=${ROUNDS:-3}
jobs=${JOBS:-4}
plan=${PLAN:-samba/quick}
limit=${LIMIT:-0.50}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run() { # NAME OPTION... : a line of seconds and CPU seconds to $work/NAME
  local name=$1 begin end
  shift
  TIMEFORMAT='%3U %3S'
  begin=${EPOCHREALTIME/./}
  if ! { time ./warren test --results="$work/st" "$@" "$plan" </dev/null >"$work/said" 2>&1; } 2>"$work/cpu"; then
    tail -n 40 "$work/said" >&2
    echo "bench/plan.sh: $plan failed: warren test $*" >&2
    exit 1
  fi
  end=${EPOCHREALTIME/./}
  awk -v took=$((end - begin)) '{ print took / 1e6, $1 + $2 }' "$work/cpu" >>"$work/$name"
}

median() { # NAME COLUMN
  awk -v column="$2" '{ print $column }' "$work/$1" | sort -n |
    awk '{ n[NR] = $1 } END { print (n[int((NR + 1) / 2)] + n[int(NR / 2) + 1]) / 2 }'
}

row() { # WHAT NAME
  awk -v what="$1" -v took="$(median "$2" 1)" -v cpu="$(median "$2" 2)" -v first="$(median cold 1)" \
    'BEGIN { printf "%-36s %8.1f %8.1f %12.2f\n", what, took, cpu, took / first }'
}

printf '%s processors, Linux %s\n\n' "$(nproc)" "$(uname -r | sed 's/[^0-9.].*//')"
# Programs and snapshots are there from now on.
run warm
for ((round = 1; round <= rounds; round++)); do
  run cold --no-snapshots
  run serial
  run jobs --jobs="$jobs"
  printf 'round %s: (a) %.1f s, (b) %.1f s, (c) %.1f s\n' "$round" \
    "$(tail -n 1 "$work/cold" | cut -d' ' -f1)" "$(tail -n 1 "$work/serial" | cut -d' ' -f1)" "$(tail -n 1 "$work/jobs" | cut -d' ' -f1)" >&2
done
printf '%-36s %8s %8s %12s\n' "$plan, $(grep -o 'ALL OK (.*)' "$work/said" | tr -d '()' | cut -d' ' -f3-)" 's' 'CPU s' 'of (a)'
row '(a) one by one, cold' cold
row '(b) one by one, from snapshots' serial
row "(c) $jobs at a time, from snapshots" jobs
awk -v jobs="$(median jobs 1)" -v cold="$(median cold 1)" -v limit="$limit" \
  'BEGIN { printf "\n(c) / (a): %.2f, limit %.2f\n", jobs / cold, limit; exit jobs / cold > limit }'
