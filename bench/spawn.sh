#!/bin/bash
# What starting a process inside a host costs, until it has ended: Warren's way, beside Java's ProcessBuilder outside,
# ProcessBuilder of nsenter, and posix_spawn of a C program outside; all in turn, the median of each.
#
#   bench/spawn.sh             as root or not
#   ROUNDS=20                  how often, ten starts each time
set -euo pipefail
export LC_ALL=C.UTF-8

cd "$(dirname "$0")/.."
# shellcheck source=bench/java.sh
. bench/java.sh
compile spawn
run_java SpawnBench "${ROUNDS:-20}" "$work/spawn" "$work/lab"
