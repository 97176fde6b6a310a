#!/bin/sh
# Runs tests of one module with what they need, and prints what they print: for the scripts beside it.
#
#   bench/one-test.sh MODULE -Dtest=CLASS[#METHOD] [-DNAME=VALUE...]
set -eu

cd "$(dirname "$0")/.."
module=$1
shift
exec mvn --quiet --batch-mode verify -pl "$module" -am -Dspotless.check.skip=true -Dexec.skip=true \
  -Dsurefire.failIfNoSpecifiedTests=false "$@"
