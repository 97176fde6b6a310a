#!/bin/bash
# Lets a domain be provisioned with the ids that are mapped here: `dc-ids.sh FOLDER`, which gets a file.
set -e -o pipefail

# Samba gives domain users ids from 3000000 up. Where fewer ids are mapped the kernel refuses those: take lower ones.
if [ "$WARREN_IDS" -lt 65536 ]; then
  echo "a domain controller needs 65536 user ids, mapped are $WARREN_IDS: add a range to /etc/subuid and /etc/subgid" >&2
  exit 1
fi
if [ "$WARREN_IDS" -lt 4000000 ]; then
  original=/usr/share/samba/setup/idmap_init.ldif
  sed -e 's/^lowerBound: .*/lowerBound: 31000/' -e 's/^upperBound: .*/upperBound: 60000/' "$original" > "$1/idmap_init.ldif"
  grep -q '^lowerBound: 31000$' "$1/idmap_init.ldif"
  mount --bind "$1/idmap_init.ldif" "$original"
fi
