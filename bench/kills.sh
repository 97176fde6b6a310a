#!/bin/bash
# Warren killed by SIGKILL at random moments of a lab's life: whether anything is left 200 ms later, and whether the next
# lab starts. See docs/robustness.md.
#
#   bench/kills.sh
#     KILLS=200            how often
#     WITHIN=200           until when all must be gone, in ms
#     SEED=N               the moments of an earlier run, which printed it
#
# Every second kill meets a lab as `warren up` makes it, the others one as a test has it. For a machine that is quiet:
# what is measured is also how soon processes that were told to end get a processor. The exit code is 1 when something
# was left; what, and when it happened, is said.
set -euo pipefail

cd "$(dirname "$0")/.."
exec bench/one-test.sh lab -Dtest=KillTest -Dwarren.kills="${KILLS:-200}" -Dwarren.kills.within="${WITHIN:-200}" \
  ${SEED:+"-Dwarren.seed=$SEED"}
