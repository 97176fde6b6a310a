#!/bin/bash
# Runs the packages' rpcclient with the tickets in CACHE, and reports that as a test in subunit: CACHE ARGUMENT...
export KRB5CCNAME=$1
shift
echo "test: rpcclient"
if said=$(rpcclient "$@" 2>&1 < /dev/null); then
  printf '%s\n' "$said"
  echo "success: rpcclient"
else
  code=$?
  printf 'failure: rpcclient [\n%s\nrpcclient ended with %d\n]\n' "$said" "$code"
  exit 1
fi
