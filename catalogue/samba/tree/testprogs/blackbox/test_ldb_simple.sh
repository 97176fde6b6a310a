#!/bin/sh
# test_ldb_simple.sh PROTOCOL SERVER OPTION...: reads the time of an LDAP server with the packages' ldbsearch, and reports
# that as a test in subunit.
url=$1://$2
shift 2
echo "test: currentTime"
if "$BINDIR/ldbsearch" --configfile="$SMB_CONF_PATH" "$@" --basedn='' -H "$url" --scope=base currentTime; then
  echo "success: currentTime"
else
  echo "failure: currentTime"
  exit 1
fi
