#!/bin/bash
# The page of a run of 3,000 suites with 50,000 tests: how long its events take to be written, itself to be made, and a
# browser (Debian's chromium and chromium-driver) to open it, the best of nine times, and to find a test that passed.
#
#   bench/report.sh
#
# Prints a table; the exit code is 1 when the page cannot be used within two seconds, or a search takes half a second.
set -euo pipefail

cd "$(dirname "$0")/.."
exec bench/one-test.sh selftest -Dtest='ReportPageInBrowserTest#*FiftyThousand*' \
  -Dwarren.report.strict=true
