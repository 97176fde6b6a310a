#!/bin/bash
# Runs a Kerberos server of KTEST for as long as it takes to get tickets for ktest's server: krb5_ccache-2 from before a
# change of its password, krb5_ccache-3 from after it.
set -e -o pipefail
umask 022

kdc="$ENVDIR/kdc"
mkdir -p "$kdc"
cd "$kdc"
cat > smb.conf << END
[global]
  netbios name = KTESTDC
  workgroup = $DOMAIN
  realm = $REALM
  server role = active directory domain controller
  server services = kdc
  interfaces = $HOST_IP/24
  bind interfaces only = yes
  dns forwarder = $HOST_IP
  private dir = $kdc/private
  binddns dir = $kdc/bind-dns
  pid directory = $kdc/pid
  ncalrpc dir = $kdc/ncalrpc
  lock dir = $kdc/lockdir
  state directory = $kdc/statedir
  cache directory = $kdc/cachedir
  log file = $kdc/log.%m
  vfs objects = dfs_samba4 acl_xattr
  ldb:nosync = true
  include system krb5 conf = no
  kdc:service ticket lifetime = 87600
  kdc:user ticket lifetime = 87600
  kdc:renewal lifetime = 87600
[sysvol]
  path = $kdc/statedir/sysvol
[netlogon]
  path = $kdc/statedir/sysvol/$DNSNAME/scripts
END
mkdir -p private bind-dns pid lockdir statedir cachedir
sed -e "s/kdc = .*:88/kdc = $HOST_IP:88/" -e 's/ticket_lifetime = .*/ticket_lifetime = 3650d/' "$KRB5_CONFIG" > krb5.conf
export KRB5_CONFIG="$kdc/krb5.conf"

bash "$CATALOGUE"/files/dc-ids.sh "$kdc"
samba-tool domain provision --configfile="$kdc/smb.conf" --quiet --host-name=ktestdc --host-ip="$HOST_IP" \
  --domain="$DOMAIN" --realm="$REALM" --adminpass="$ADMIN_PASSWORD" --domain-sid="$DOMAIN_SID" \
  --root=selftest --server-role="domain controller"
/usr/bin/python3 "$CATALOGUE"/files/ktest-account.py create oldMachinePass1

samba --foreground --no-process-group --model=single --configfile="$kdc/smb.conf" < /dev/null > log.samba 2>&1 &
server=$!
trap 'kill $server && wait $server || true' EXIT

tickets() {
  export KRB5CCNAME="FILE:$1"
  until kinit "Administrator@$REALM" <<< "$ADMIN_PASSWORD"; do
    kill -0 $server
    sleep 0.2
  done
  kvno {host,cifs}/{localktest6,LOCALKTEST6}@"$REALM"
  chmod 0600 "$1"
}

tickets "$ENVDIR/krb5_ccache-2"
/usr/bin/python3 "$CATALOGUE"/files/ktest-account.py change newMachinePass2
tickets "$ENVDIR/krb5_ccache-3"
/usr/bin/python3 "$CATALOGUE"/files/ktest-account.py secrets oldMachinePass1 newMachinePass2
kill $server
wait $server || true
trap - EXIT
rm -rf "$kdc"
