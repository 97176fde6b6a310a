#!/bin/bash
# Makes BUILTIN\Users, as Samba's selftest has it. Some servers make it by themselves; for all others winbindd has the id.
set -e -o pipefail

if timeout 5 wbinfo --ping-dc && ! wbinfo --sid-to-gid=S-1-5-32-545; then
  net --configfile="$SERVERCONFFILE" sam createbuiltingroup Users
  net --configfile="$SERVERCONFFILE" cache del IDMAP/SID2XID/S-1-5-32-545 || true
  wbinfo --sid-to-gid=S-1-5-32-545
fi
