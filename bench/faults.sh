#!/bin/bash
# Every system call of a lab's whole life fails once, and every request to netlink: whether the error is clear, nothing is
# left, and nothing hangs. See docs/robustness.md.
#
#   bench/faults.sh
#     ERRORS=6             so many errors each call fails with, one life for each; 6 are all that are known of any call
#     EVERY=1              each so manieth call
#     SEED=N               where that begins, for EVERY above 1, as an earlier run that printed it
#
# Prints a table: how many calls a life has, in how many lives one failed, how many of these it was told in an error and how
# many it could do without. Takes about an hour; the exit code is 1 when something was left, hung, or was told unclearly.
set -euo pipefail

cd "$(dirname "$0")/.."
exec bench/one-test.sh lab -Dtest='FaultTest#whatever*' -Dwarren.faults.rounds="${ERRORS:-6}" \
  -Dwarren.faults.every="${EVERY:-1}" ${SEED:+"-Dwarren.seed=$SEED"}
