#!/bin/bash
# Whether Warren works in Docker's containers: makes labs in real ones, with Docker's own seccomp profile and with Warren's, as
# root and as ordinary users, and prints a table. Nothing of this machine is changed: Docker's engine is fetched as a
# package, unpacked, and runs in namespaces of its own, without a network.
#
#   bench/containers.sh [FOLDER]   as root; the engine and the image are kept in FOLDER (default: target/containers)
#   JDK=/usr/lib/jvm/...           the JDK 25 that containers see (default: the one that the launcher finds)
#
# The image is a Debian of the smallest size with a few programs, made by debootstrap from this machine's mirror. The exit code
# is 1 when a setting does not do what it is to do.
set -euo pipefail

cd "$(dirname "$0")/.."
if [ "$(id -u)" != 0 ]; then
  echo "bench/containers.sh: Docker's engine needs root" >&2
  exit 2
fi
home=$PWD
folder=$(realpath -m "${1:-target/containers}")
version=$(./warren --version) # builds it, where it is not built
jdk=${JDK:-$(sed -n 's/^Java [^,]*, //p' <<<"$version")}
mkdir -p "$folder"/{lists/partial,cache/archives/partial}

fetch_engine() {
  local options=(
    -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder/cache" -o APT::Sandbox::User=root -o Debug::NoLocking=1 -qq
  )
  apt-get "${options[@]}" update
  apt-get "${options[@]}" install --no-install-recommends --download-only -y docker.io debootstrap >/dev/null
  rm -rf "$folder/unpacking"
  local package
  for package in "$folder"/cache/archives/*.deb; do
    dpkg-deb --extract "$package" "$folder/unpacking"
  done
  mv "$folder/unpacking" "$folder/engine"
}

make_image() {
  local mirror release
  # shellcheck disable=SC2016 # apt's own variables
  read -r mirror release < <(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
    grep -v -e security -e updates | sort -u)
  rm -rf "$folder/making"
  DEBOOTSTRAP_DIR=$folder/engine/usr/share/debootstrap "$folder/engine/usr/sbin/debootstrap" --variant=minbase \
    --include=iproute2,uidmap,libcap2-bin,iputils-ping,procps,bash,python3-minimal "$release" "$folder/making" "$mirror" \
    >"$folder/debootstrap.log"
  mv "$folder/making" "$folder/image"
}

if [ ! -e "$folder/engine" ]; then
  echo "Fetching Docker's engine into $folder ..."
  fetch_engine
fi
if [ ! -e "$folder/image" ]; then
  echo "Making the image ..."
  make_image
fi
./warren seccomp >"$folder/warren-seccomp.json"
exec unshare --mount --net --pid --fork --kill-child --mount-proc bash bench/containers-inside.sh "$folder" "$home" "$jdk"
