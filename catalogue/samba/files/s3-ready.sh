#!/bin/bash
# Whether a daemon of a server that runs smbd itself answers: `s3-ready.sh NAME`.
set -e -o pipefail

case "$1" in
  samba-dcerpcd)
    rpcclient --configfile="$SERVERCONFFILE" ncalrpc: -c epmmap
    ;;
  nmbd)
    nmblookup --configfile="$SERVERCONFFILE" -U "$HOST_IP" "$NETBIOSNAME"
    ;;
  winbindd)
    wbinfo --ping
    ;;
  domain)
    wbinfo --ping-dc
    ;;
  smbd)
    case "$SMBD_PROBE" in
      logon)
        smbclient --configfile="$ENVDIR/client.conf" "//$HOST_IP/tmp" -U"$NETBIOSNAME/$USERNAME%$PASSWORD" -c quit
        ;;
      anonymous)
        smbclient --configfile="$ENVDIR/client.conf" -L "$HOST_IP" -U% -p 139
        ;;
      ping)
        # Without NTLM nobody can log on but by Kerberos.
        timeout 5 bash -c "exec 3<> /dev/tcp/$HOST_IP/445"
        ;;
    esac
    ;;
  member)
    smbclient --configfile="$ENVDIR/client.conf" "//$HOST_IP/tmp" -U"$MEMBER_USER" -c quit
    ;;
  *)
    echo "no such daemon: $1" >&2
    exit 2
    ;;
esac
