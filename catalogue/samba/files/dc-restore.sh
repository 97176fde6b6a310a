#!/bin/bash
# Restores the backup $ARCHIVE of a domain into $ENVDIR, as the controller $NETBIOSNAME.
set -e -o pipefail

cd "$ENVDIR"
# The restore writes an smb.conf of its own, and an offline backup brings what its controller had in these folders.
mkdir kept
cp "$SERVERCONFFILE" kept/smb.conf
cp "$KRB5_CONFIG" kept/krb5.conf

# With SAMBA_SELFTEST the target need not be empty.
SAMBA_SELFTEST=1 samba-tool domain backup restore --configfile=kept/smb.conf --backup-file="$ARCHIVE" \
  --targetdir="$ENVDIR" --newservername="$NETBIOSNAME" --host-ip="$HOST_IP"

# An online backup brings the mode of the folder that it was put together in, which nobody else may enter.
chmod 0755 .
cp kept/smb.conf "$SERVERCONFFILE"
cp kept/krb5.conf "$KRB5_CONFIG"
bash "$CATALOGUE"/files/dc-keys.sh
# What the other controller had registered says nothing of this one.
rm -rf kept private/dns_update_cache

if [ "$RESET_PASSWORD" = yes ]; then
  samba-tool user setpassword "$USERNAME" --newpassword="$PASSWORD" --configfile="$SERVERCONFFILE" -H private/sam.ldb
fi
