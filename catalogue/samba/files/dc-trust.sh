#!/bin/bash
# Makes the trust of a controller's variables, at both ends, and a group with the other domain's users in it.
set -e -o pipefail

# The options are words of their own.
# shellcheck disable=SC2086
samba-tool domain trust create "$TRUST_REALM" --type="$TRUST_TYPE" $TRUST_OPTIONS \
  --configfile="$SERVERCONFFILE" -U"$TRUST_DOMAIN\\$TRUST_USERNAME%$TRUST_PASSWORD"

group=g_$TRUST_DOMAIN
samba-tool group add "$group" --group-scope=Domain --configfile="$SERVERCONFFILE"
samba-tool group addmembers "$group" "$TRUST_DOMSID-513" --configfile="$SERVERCONFFILE"
