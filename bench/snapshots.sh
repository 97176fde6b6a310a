#!/bin/bash
# A domain controller, set up cold and started from its snapshot, in turn: how long until it is ready, how much of that its
# services need from start to ready by themselves, and the ratios of the medians. Samba is fetched at first use.
#
#   bench/snapshots.sh         as root or not
#   ROUNDS=5                   how often
#   TESTENV=ad_dc              another one of catalogue/samba
#
# Ends with 1 when it misses a limit: from its snapshot it is ready in at most 40 % of its cold time, and in less than a second
# more than its services need.
set -euo pipefail
export LC_ALL=C.UTF-8

cd "$(dirname "$0")/.."
# shellcheck source=bench/java.sh
. bench/java.sh
run_java SnapshotsBench "$PWD/catalogue/samba" "${TESTENV:-ad_dc}" "${ROUNDS:-5}" "$work"
