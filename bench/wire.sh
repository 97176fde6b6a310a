#!/bin/bash
# What link conditions cost: TCP throughput and 1-byte round trips between two hosts, over a plain cable, over Warren's
# wire, and by the kernel's token bucket; all in turn, the median of each.
#
#   bench/wire.sh              as root or not
#   ROUNDS=7                   how often
set -euo pipefail
export LC_ALL=C.UTF-8

cd "$(dirname "$0")/.."
# shellcheck source=bench/java.sh
. bench/java.sh
run_java WireBench "${ROUNDS:-7}" "$work/lab"
