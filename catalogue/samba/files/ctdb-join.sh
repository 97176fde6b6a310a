#!/bin/bash
# Makes what all nodes of clusteredmember have in common, which ctdb keeps: a share in the registry, accounts, the domain's secrets.
set -e -o pipefail

printf '[registry_share]\n\tcopy = tmp\n\tcomment = smb username is [%%U]\n' > lib/registry-share.conf
net --configfile="$SERVERCONFFILE" conf import lib/registry-share.conf
bash "$CATALOGUE"/files/s3-accounts.sh
until nmblookup --configfile="$SERVERCONFFILE" "$DOMAIN#1c"; do
  sleep 0.2
done
net --configfile="$SERVERCONFFILE" rpc join "$DOMAIN" member -U"$DC_USER"
touch "$CLUSTER/joined"
