#!/bin/bash
# The folders of a server that runs smbd itself, in $ENVDIR, laid out as Samba's selftest has them.
set -e -o pipefail
umask 022

cd "$ENVDIR"
mkdir -p lib pid private cachedir bind-dns lockdir/eventlog logs "$RUN/nmbd" "$RUN/winbindd"
mkdir -p client/private client/bind-dns client/lockdir client/statedir client/cachedir client/pid client/ncalrpcdir
chmod 0700 private
ln -sfn logs/smbd.log smbd_test.log
touch lib/{error,delay,global}_inject.conf lib/dfq.conf lockdir/eventlog/{"dns server",application}.tdb

if [ -n "${NSS_WRAPPER_PASSWD-}" ]; then
  bash "$CATALOGUE"/files/s3-cwrap.sh
fi

# Ids outside the map are none for the kernel.
if [ "$WARREN_IDS" -lt 65536 ]; then
  echo "this server's users need 65536 ids, mapped are $WARREN_IDS: add a range to /etc/subuid and /etc/subgid" >&2
  exit 1
fi
if [ "$WARREN_IDS" -eq 65536 ]; then
  cp lib/idmap-small.conf lib/idmap.conf
else
  cp lib/idmap-large.conf lib/idmap.conf
fi

# Whoever is a guest or comes from a domain must be able to write.
umask 0
mkdir -p "$SHARE"
cd "$SHARE"
mkdir -p W32X86 x64 WIN40 root-tmp noperm-tmp msdfsshare/deeppath msdfsshare2 smbcacls_sharedir_dfs \
  smbcacls_share/smbcacls badnames dynamic manglenames/foo:bar widelinks widelinks_foo fsrvp \
  shadow/mount/base/share nosymlinks local_symlinks fruit_resource_stream worm dfree/subdir{1,2,3} quota
chown -R "$USERNAME": .

chmod 0000 noperm-tmp
chmod 0755 root-tmp
touch root-tmp/readable_file root-tmp/unreadable_file root-tmp/msdfs-target badnames/blank.txt widelinks_foo/target
chmod 0644 root-tmp/readable_file
chmod 0600 root-tmp/unreadable_file root-tmp/msdfs-target
chown "$USERNAME": root-tmp/* badnames/* widelinks_foo/*
ln -sfn "$SHARE/widelinks_foo/target" widelinks/source
ln -sfn "$SHARE/widelinks" widelinks/dot

ln -sfn "msdfs:$HOST_IP\\ro-tmp,$HOST_IPV6\\ro-tmp" msdfsshare/msdfs-src1
ln -sfn "msdfs:$HOST_IPV6\\ro-tmp" msdfsshare/deeppath/msdfs-src2
ln -sfn "msdfs:$HOST_IP\\smbcacls_sharedir_dfs,$HOST_IPV6\\smbcacls_sharedir_dfs" msdfsshare/smbcacls_sharedir_dfs
ln -sfn "msdfs:$HOST_IP\\msdfs-share2,$HOST_IPV6\\msdfs-share2" msdfsshare/dfshop1
ln -sfn "msdfs:$HOST_IP\\tmp,$HOST_IPV6\\tmp" msdfsshare2/dfshop2
