#!/bin/bash
# Makes the client's folder where Samba's selftest has it, $PREFIX/client, for suites that change a copy of it. Whoever
# starts last has it: the lab's own testenv, after those that it needs.
set -e -o pipefail

mkdir -p "$PREFIX/client"
cp -a "$ENVDIR/client/." "$PREFIX/client/"
sed "s|$ENVDIR/client\b|$PREFIX/client|" "$ENVDIR/client.conf" > "$PREFIX/client/client.conf"
