#!/bin/bash
# What the runner of test suites adds to what the suites' commands take: 200 suites of `true`, and one suite with 50,000
# tests, beside the same commands started in a host with nobody who reads what they say; in turn, the median. Processor
# time is that of Warren and of all that it starts; it tells the same on a machine that is busy.
#
#   bench/runner.sh            as root or not
#   ROUNDS=5                   how often
#   SUITES=200 TESTS=50000     how many
#   SUITE=2000 TEST=20         microseconds of its own a suite and a test, above which the exit code is 1
set -euo pipefail
export LC_ALL=C.UTF-8

cd "$(dirname "$0")/.."
# shellcheck source=bench/java.sh
. bench/java.sh
run_java RunnerBench "${ROUNDS:-5}" "${SUITES:-200}" "${TESTS:-50000}" "${SUITE:-2000}" "${TEST:-20}" "$work/runner"
