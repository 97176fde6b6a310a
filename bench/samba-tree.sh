#!/bin/bash
# Makes a build tree of Samba with --enable-selftest, for `warren test --samba-tree DIR`: Debian's source package,
# unpacked, configured with Samba's own copies of its libraries, and built. Takes about 15 minutes of CPU time and 4 GB.
#
#   bench/samba-tree.sh [DIR]     as root or not (default: target/samba-tree); does what is not done yet
#   MAKE_JOBS=2                   how many compilers at a time
#
# The source is fetched with apt from the machine's own mirrors, with lists and a cache of its own: nothing of the
# system's is changed. What Samba needs to be built is not installed here; the command that does is printed.
set -euo pipefail

cd "$(dirname "$0")/.."
tree=$(realpath -m "${1:-target/samba-tree}")
jobs=${MAKE_JOBS:-$(nproc)}
needed=(
  dpkg-dev make gcc pkgconf perl bison flex python3-dev python3-dnspython python3-markdown python3-cryptography python3-iso8601
  python3-setproctitle python3-gpg python3-pyasn1 libparse-yapp-perl libjson-perl libgnutls28-dev libacl1-dev libattr1-dev libpam0g-dev
  libldap-dev libjansson-dev zlib1g-dev liblmdb-dev lmdb-utils libicu-dev libgpgme-dev libreadline-dev libtasn1-bin libkeyutils-dev
  libarchive-dev libblkid-dev libcap-dev libdbus-1-dev libtirpc-dev libxxhash-dev gdb psmisc rsync tar xz-utils
)

missing=()
for package in "${needed[@]}"; do
  if ! dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'ok installed'; then
    missing+=("$package")
  fi
done
if [ ${#missing[@]} != 0 ]; then
  printf 'bench/samba-tree.sh: what Samba needs to be built is not all there; as root:\n  apt-get install --no-install-recommends %s\n' \
    "${missing[*]}" >&2
  exit 2
fi

fetch() {
  local work=$tree/source
  mkdir -p "$work"/{lists/partial,cache/archives/partial}
  local options=(
    -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root -o Debug::NoLocking=1 -qq
  )
  # shellcheck disable=SC2016 # apt's own variables
  apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    sort -u >"$work/sources.list"
  apt-get "${options[@]}" update
  (cd "$work" && apt-get "${options[@]}" source --download-only samba)
  rm -rf "$work/unpacked"
  dpkg-source --extract "$work"/samba_*.dsc "$work/unpacked" >/dev/null
  mv "$work/unpacked" "$tree/samba"
}

if [ ! -e "$tree/samba/VERSION" ]; then
  echo "Fetching Samba's source into $tree ..."
  fetch
fi
cd "$tree/samba"
export PYTHON=/usr/bin/python3 # another one may come first in the caller's PATH
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
if [ ! -e bin/c4che/default_cache.py ] && ! ./configure --enable-selftest --bundled-libraries=ALL --without-systemd \
  --disable-cups --disable-glusterfs --disable-cephfs >"$tree/configure.log" 2>&1; then
  tail -n 20 "$tree/configure.log" >&2
  echo "bench/samba-tree.sh: ./configure failed: $tree/configure.log" >&2
  exit 1
fi
# Samba 4.17 does not tell the compiler everywhere where its own copy of popt is.
export CPATH=$tree/samba/third_party/popt
echo "Building Samba in $tree/samba (15 minutes of CPU time) ..."
if ! make -j "$jobs" >"$tree/make.log" 2>&1; then
  tail -n 20 "$tree/make.log" >&2
  echo "bench/samba-tree.sh: make failed: $tree/make.log" >&2
  exit 1
fi
echo "$tree/samba"
