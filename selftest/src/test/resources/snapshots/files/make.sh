#!/bin/bash
# Files of every kind that a snapshot must give back as they are.
set -e -o pipefail
umask 022
for folder in "$ENVDIR/files" /srv /root/files /var/lib/misc; do
  mkdir -p "$folder/deep/er"
  cd "$folder"
  printf data > plain
  ln plain hard
  ln -s nowhere soft
  mkfifo pipe
  printf x > $'odd \n\377 name'
  truncate -s 64M sparse
  printf middle | dd of=sparse bs=1 seek=32M conv=notrunc status=none
  if [ "$WARREN_IDS" -gt 60000 ]; then
    chown 1234:2345 plain deep/er
    chown -h 1234:2345 soft
  fi
  chmod 4751 plain
  chmod 2770 deep
  python3 - << 'PYTHON'
import os, struct
os.setxattr("plain", "security.NTACL", bytes(range(256)))
os.setxattr("deep", "security.NTACL", b"\0\1\2")
os.setxattr("sparse", "user.colour", b"green")
# Version 2: the owner rw, user 5 r, the group r, all at most rw, others none (linux/posix_acl_xattr.h).
acl = [(1, 6, -1), (2, 4, 5), (4, 4, -1), (0x10, 6, -1), (0x20, 0, -1)]
entries = b"".join(struct.pack("<HHI", tag, perm, id & 0xffffffff) for tag, perm, id in acl)
os.setxattr("sparse", "system.posix_acl_access", struct.pack("<I", 2) + entries)
PYTHON
  touch -h -d '2001-02-03 04:05:06.123456789 UTC' soft plain
  touch -d '2002-02-03 04:05:06.987654321 UTC' deep/er deep
done
echo added > /etc/added.conf
mkdir -p /etc/added.d/more
chmod 0700 /etc/added.d
echo "10.1.2.3 changed" >> /etc/hosts
rm /etc/krb5.conf
mkdir -m 0711 /run/keeper
