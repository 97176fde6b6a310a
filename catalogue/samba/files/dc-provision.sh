#!/bin/bash
# Provisions the domain of a controller's variables.
set -e -o pipefail

# The options are words of their own.
# shellcheck disable=SC2086
samba-tool domain provision --configfile="$SERVERCONFFILE" --quiet \
  --host-name="$HOST_NAME" --host-ip="$HOST_IP" --domain="$DOMAIN" --realm="$REALM" \
  --adminpass="$PASSWORD" --krbtgtpass="krbtgt$PASSWORD" --machinepass="machine$PASSWORD" \
  --root=selftest --server-role="domain controller" --function-level="$FUNCTION_LEVEL" $PROVISION_OPTIONS
