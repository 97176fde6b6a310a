#!/bin/bash
# One lab of very many hosts: how long it takes to be up and to be gone, and what it needs of memory, descriptors, threads.
#
#   bench/many.sh              as root or not
#   HOSTS="1000 1900"          how many, one lab after the other
#
# Each host takes ten descriptors of the JVM: `ulimit -Hn` says how many it may have.
set -euo pipefail
export LC_ALL=C.UTF-8

cd "$(dirname "$0")/.."
. bench/java.sh
# shellcheck disable=SC2086 # one argument each
run_java ManyBench "$work/labs" ${HOSTS:-1000 1900}
