#!/bin/sh
# Samba's `check password script` of a testenv that refuses one password, its argument, and that of the account's name.
password=$(cat)
for bad in "$1" "$SAMBA_CPS_ACCOUNT_NAME"; do
  if [ "$password" = "$bad" ]; then
    echo "the password \"$password\" is not acceptable here"
    exit 1
  fi
done
