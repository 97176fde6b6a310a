#!/bin/bash
# Whether Samba's suites say in Warren what they say upstream: runs suites of a build tree's plan with Warren, and with the
# tree's own harness over cwrap, and writes how far the verdicts agree, and where and why not. Takes hours for all testenvs.
#
#   bench/samba-verdicts.sh TREE [FOLDER [TESTENV...]]   as an ordinary user who owns TREE; one testenv after the other
#   JOBS=2                                               how many suites Warren runs at a time (default: 1)
#   AGAIN=1                                              run again what ran before; else only testenvs without results run
#
# Without testenvs: all that the plan has. Results are in FOLDER (target/verdicts); the tables in the part of
# catalogue/samba/RESULTS.md that begins with "## Beside upstream's harness". Reasons for differences:
# catalogue/samba/plans/tree.differences. The exit code is 1 when a verdict differs without a reason.
set -euo pipefail

cd "$(dirname "$0")/.."
if [ $# = 0 ]; then
  sed -n '2,/^set /{/^set /d;s/^# \?//;p}' "$0" >&2
  exit 2
fi
tree=$(realpath "$1")
folder=$(realpath -m "${2:-target/verdicts}")
testenvs=("${@:3}")
jobs=${JOBS:-1}
results=catalogue/samba/RESULTS.md
if [ ${#testenvs[@]} = 0 ]; then
  mapfile -t testenvs < <(./warren test --samba-tree="$tree" tree --list --json 2>/dev/null |
    /usr/bin/python3 -c 'import json, sys; print(*sorted({suite["testenv"].split(":")[0] for suite in json.load(sys.stdin)}), sep="\n")')
fi
mkdir -p "$folder"
theirs=()
ours=()
for testenv in "${testenvs[@]}"; do
  upstream=$folder/upstream/$testenv
  warren=$folder/warren/$testenv
  if [ "${AGAIN-}" ] || [ ! -e "$upstream/done" ]; then
    printf '\n=== %s, by the harness of %s\n' "$testenv" "$tree"
    rm -rf "$upstream"
    code=0
    bench/samba-cwrap.sh "$tree" "$upstream" --include-env="$testenv" || code=$?
    # A suite that fails is what the tables are for.
    [ "$code" -lt 128 ] || exit "$code"
    touch "$upstream/done"
  fi
  if [ "${AGAIN-}" ] || [ ! -e "$warren/done" ]; then
    printf '\n=== %s, by Warren\n' "$testenv"
    rm -rf "$warren"
    code=0
    ./warren test --samba-tree="$tree" tree --exclude="$tree/selftest/slow" --include-env="$testenv" --jobs="$jobs" \
      --results="$warren" </dev/null || code=$?
    [ "$code" -le 1 ] || exit "$code"
    touch "$warren/done"
  fi
  theirs+=(--beside="$upstream/st/subunit")
  ours+=("$warren")
done
code=0
./warren report "${theirs[@]}" --reasons=catalogue/samba/plans/tree.differences "${ours[@]}" >"$folder/verdicts.md" || code=$?
[ "$code" -le 1 ] || exit "$code"
sed -i "/^## Beside upstream's harness/,\$d" "$results" # bench/results.sh writes what comes before
before=$(cat "$results")
{ printf '%s\n\n' "$before" && cat "$folder/verdicts.md"; } >"$results"
printf '\n%s\n' "$results"
exit "$code"
