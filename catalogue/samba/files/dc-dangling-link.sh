#!/bin/bash
# Makes two objects of which one links to the other, and removes the one that is linked to, so that no trace is left.
set -e -o pipefail

sam=$ENVDIR/private/sam.ldb
ou="OU=linktest,$BASEDN"
ldbadd --configfile="$SERVERCONFFILE" -H "$sam" <<END
dn: $ou
objectClass: organizationalUnit

dn: CN=linkto,$ou
objectClass: msExchConfigurationContainer

dn: CN=linkfrom,$ou
objectClass: msExchConfigurationContainer
addressBookRoots: CN=linkto,$ou
END
ldbdel --configfile="$SERVERCONFFILE" -H "$sam" "CN=linkto,$ou"
samba-tool domain tombstones expunge --tombstone-lifetime=0 --configfile="$SERVERCONFFILE"
