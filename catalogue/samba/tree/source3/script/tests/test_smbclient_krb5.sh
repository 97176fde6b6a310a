#!/bin/bash
# Lists a share with the tickets in CACHE, and reports that as a test in subunit: CACHE SMBCLIENT SERVER ARGUMENT...
export KRB5CCNAME=$1
client=$2 server=$3
shift 3
echo "test: smbclient"
if said=$("$client" "//$server/tmp" -c ls --use-krb5-ccache="$KRB5CCNAME" "$@" 2>&1 < /dev/null); then
  printf '%s\n' "$said"
  echo "success: smbclient"
else
  code=$?
  printf 'failure: smbclient [\n%s\nsmbclient ended with %d\n]\n' "$said" "$code"
  exit 1
fi
