#!/bin/bash
# The accounts of a server that runs smbd itself, in its own database, and which groups of the host are the well-known ones.
set -e -o pipefail

add() {
  printf '%s\n%s\n' "$2" "$2" | smbpasswd -c "$SERVERCONFFILE" -L -s -a "$1"
}

map() {
  net --configfile="$SERVERCONFFILE" groupmap add "$2" "unixgroup=$1" "type=$3"
}

for user in "$USERNAME" force_user smbget_user user1 user2 gooduser eviluser slashuser; do
  add "$user" "$PASSWORD"
done
add jackthemapper mApsEcrEt
add jacknomapper nOmApsEcrEt

# With upstream the servers run as this user, to whom they refuse nothing.
net --configfile="$SERVERCONFFILE" sam rights grant "$USERNAME" SeDiskOperatorPrivilege SePrintOperatorPrivilege \
  SeAddUsersPrivilege SeMachineAccountPrivilege SeRemoteShutdownPrivilege

# Before smbd starts: it remembers for minutes that a group is none of these.
map domusers rid=513 domain
map domadmins rid=512 domain
map everyone sid=S-1-1-0 builtin
