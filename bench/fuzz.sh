#!/usr/bin/env bash
# Gives every parser generated and mutated input, and prints a table. What a parser does that it must not, or accepts and
# must not, ends it with 1, with the seed and the number of the input that shows it again.
#
#   bench/fuzz.sh              10,000 inputs for each parser, of one seed
#   COUNT=1000000 bench/fuzz.sh
#
# COUNT=N   how many inputs for each parser
# SEED=N    which ones; another one each time
# FIRST=N   the number of the first: with COUNT=1, one input again
# TEST=X    only the parsers of one test class, as NetlinkFuzzTest
set -euo pipefail
cd "$(dirname "$0")/.."

count=${COUNT:-10000}
seed=${SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

code=0
mvn --batch-mode -q verify -pl bench/fuzz -am -Dspotless.check.skip=true -Dtest="${TEST:-*FuzzTest}" \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfuzz.count="$count" -Dfuzz.seed="$seed" -Dfuzz.first="${FIRST:-0}" \
  -Dfuzz.report="$work/report" >"$work/log" 2>&1 || code=1
if [ "$code" != 0 ]; then cat "$work/log" >&2; fi
printf '| %-28s | %9s | %9s | %9s | %7s | %9s | %11s |\n' parser inputs accepted refused seconds 'longest ms' seed
echo '|---|--:|--:|--:|--:|--:|--:|'
if [ -e "$work/report" ]; then sort "$work/report"; fi
exit "$code"
