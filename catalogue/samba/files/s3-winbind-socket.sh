#!/bin/bash
# Shows the socket of this testenv's winbindd where Debian's programs look for it, in the host or in the client.
# libwbclient wants a folder of root's, no link.
set -e -o pipefail

mkdir -p "$ENVDIR/wbsock" /run/samba/winbindd
if [ ! "$ENVDIR/wbsock" -ef /run/samba/winbindd ]; then
  mount --bind "$ENVDIR/wbsock" /run/samba/winbindd
fi
