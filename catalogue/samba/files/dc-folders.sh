#!/bin/bash
# The folders of a domain controller's state, in $ENVDIR, laid out as Samba's selftest has them.
set -e -o pipefail
umask 022

cd "$ENVDIR"
mkdir -p private/tls bind-dns etc pid lockdir "$STATEDIR" cachedir logs gnupg \
  share/test1 share/test2 share/W32X86 share/x64 share/WIN40 /run/samba
mkdir -p client/private client/bind-dns client/lockdir client/statedir client/cachedir client/pid client/ncalrpcdir
chmod 0700 private gnupg
chmod 0777 share share/*

# Samba's tools look for it here first; Debian's package makes its link when it is installed, and here it is only unpacked.
mkdir -p bin
ln -sf /usr/bin/tdbbackup.tdbtools bin/tdbbackup

bash "$CATALOGUE"/files/dc-keys.sh

# The package's link of this name is made by its maintainer script, which does not run for hosts; Samba looks in bin, too.
if ! type tdbbackup > /dev/null 2>&1; then
  mkdir -p bin
  ln -sf /usr/bin/tdbbackup.tdbtools bin/tdbbackup
fi

bash "$CATALOGUE"/files/dc-ids.sh etc
