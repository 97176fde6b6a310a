#!/bin/bash
# Whether anything grows when it goes on for long: descriptors, threads, memory, namespaces, mounts. See
# docs/robustness.md.
#
#   bench/soak.sh labs     makes, uses and removes labs in one JVM, one after the other
#     LABS=2000            how many
#   bench/soak.sh hour     one lab under load, one of whose links is cut and mended every second
#     MINUTES=60           how long
#     RATE=20              MB a second of each of its two streams
#
# Prints a line from time to time; the exit code is 1 when something has grown.
set -euo pipefail

cd "$(dirname "$0")/.."
case ${1-} in
  labs) options=(-Dtest='LongLifeTest#aThousandthLab*' -Dwarren.soak.labs="${LABS:-2000}") ;;
  hour)
    options=(-Dtest='LongLifeTest#aBusyLab*' -Dwarren.soak.seconds=$((${MINUTES:-60} * 60))
      -Dwarren.soak.rate="${RATE:-20}")
    ;;
  *)
    echo 'bench/soak.sh: labs or hour? See the head of the file' >&2
    exit 2
    ;;
esac
exec bench/one-test.sh lab "${options[@]}"
