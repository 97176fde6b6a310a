#!/bin/sh
# Runs the packages' wbinfo with these arguments, and reports that as a test in subunit.
cache=$SELFTEST_TMPDIR/wbinfo_simple_krb5cc
echo "test: wbinfo"
# shellcheck disable=SC2048,SC2086 # an argument may hold several
if said=$("$BINDIR/wbinfo" --krb5ccname="FILE:$cache" $* 2>&1 </dev/null); then
  printf '%s\n' "$said"
  echo "success: wbinfo"
  result=0
else
  printf 'failure: wbinfo [\n%s\n]\n' "$said"
  result=1
fi
rm -f "$cache"
exit "$result"
