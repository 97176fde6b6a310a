#!/bin/bash
# Whether Warren works in containers: makes labs in real ones of Docker and Podman, with the engine's own seccomp profile and
# with Warren's, as root and as ordinary users, runs the core of its tests and Samba's quick plan in them, and prints a table.
# Nothing of this machine is changed: the engines are fetched as packages, unpacked, and run in namespaces of their own, without
# a network.
#
#   bench/containers.sh [FOLDER]   as root; engines, image, packages and jars are kept in FOLDER (default: target/containers),
#                                  and so are the logs, in FOLDER/results
#   ENGINES='docker podman'        which engines (default: both)
#   PARTS='labs core plan'         what is tried (default: all): labs takes 10 seconds a container, core and plan some minutes each;
#                                  where namespaces are refused they are tried under cwrap
#   SETTINGS='range|uid 1000'      only the settings whose title has a match of this expression
#   JDK=/usr/lib/jvm/...           the JDK 25 that containers see (default: the one that the launcher finds)
#
# The image is a Debian of the smallest size with a few programs, made by debootstrap from this machine's mirror. The exit code
# is 1 when a setting does not do what it is to do.
set -euo pipefail

cd "$(dirname "$0")/.."
if [ "$(id -u)" != 0 ]; then
  echo "bench/containers.sh: the engines need root" >&2
  exit 2
fi
home=$PWD
folder=$(realpath -m "${1:-target/containers}")
read -ra engines <<<"${ENGINES:-docker podman}"
read -ra parts <<<"${PARTS:-labs core plan}"
version=$(./warren --version) # builds it, where it is not built
jdk=${JDK:-$(sed -n 's/^Java [^,]*, //p' <<<"$version")}
mkdir -p "$folder"

# Unpacked, not installed. $folder/making is what the functions fill; a folder that has another name is whole.
begin() { # WHAT
  printf '%s ...\n' "$1"
  rm -rf "$folder/making"
  mkdir "$folder/making"
}

# As one tree below usr, to be laid over the machine's.
unpack() { # NAME PACKAGE...
  begin "Fetching $1"
  local apt=$folder/making/apt package old
  mkdir -p "$apt"/{lists/partial,archives/partial}
  local options=(
    -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt" -o APT::Sandbox::User=root -o Debug::NoLocking=1
    -o APT::Get::Assume-Yes=true -qq
  )
  apt-get "${options[@]}" update
  apt-get "${options[@]}" install --no-install-recommends --download-only "${@:2}" >/dev/null
  for package in "$apt"/archives/*.deb; do
    dpkg-deb --extract "$package" "$folder/making"
  done
  rm -rf "$apt"
  for old in bin lib lib64 sbin; do
    if [ -d "$folder/making/$old" ]; then
      mkdir -p "$folder/making/usr/$old"
      cp -a "$folder/making/$old/." "$folder/making/usr/$old"
      rm -r "$folder/making/${old:?}"
    fi
  done
  mv "$folder/making" "$folder/$1"
}

make_image() {
  begin 'Making the image'
  local mirror release
  # shellcheck disable=SC2016 # apt's own variables
  read -r mirror release < <(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
    grep -v -e security -e updates | sort -u)
  DEBOOTSTRAP_DIR=$folder/debootstrap/usr/share/debootstrap "$folder/debootstrap/usr/sbin/debootstrap" --variant=minbase \
    --include=iproute2,uidmap,libcap2-bin,iputils-ping,procps,bash,python3,curl,libsocket-wrapper,libnss-wrapper,libresolv-wrapper,libuid-wrapper \
    "$release" "$folder/making" "$mirror" >"$folder/debootstrap.log"
  rm -rf "$folder"/making/var/cache/apt/archives/*.deb
  mv "$folder/making" "$folder/image"
  rm -rf "$folder"/{packages,docker-data,podman-data} # made for another
}

# Samba, as the image is to fetch it: by Warren, as anybody would, but with this machine's network.
fetch_samba() {
  begin 'Fetching Samba'
  unshare --mount bash -s "$folder/making" "$folder/image" "$home" "$jdk" <<'FETCH'
set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs /mnt
mkdir /mnt/{upper,work,root}
mount -t overlay overlay -o "lowerdir=$2,upperdir=/mnt/upper,workdir=/mnt/work" /mnt/root
cd /mnt/root
mkdir -p opt/warren opt/jdk cache
apt-config dump | grep '^Acquire::' >apt.conf || true
cat /etc/resolv.conf >etc/resolv.conf
cat /etc/hosts >etc/hosts
mount --bind "$3" opt/warren
mount --bind "$4" opt/jdk
mount --bind "$1" cache
mount -t proc proc proc
mount --rbind /dev dev
chroot . env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin APT_CONFIG=/apt.conf JAVA_HOME=/opt/jdk XDG_CACHE_HOME=/cache HOME=/root \
  WARREN_AOT=off /opt/warren/warren test --fetch samba/quick
FETCH
  mv "$folder/making" "$folder/packages"
}

fetch_jars() {
  begin "Fetching the tests' jars"
  local into=$folder/making
  mvn -q -Dexec.skip -Dwarnings.fail=false -pl linux,lab -am test-compile dependency:copy-dependencies \
    -DexcludeGroupIds=dev.warren -DoutputDirectory="$into"
  local engine=("$into"/junit-platform-engine-*.jar) release
  release=${engine[0]##*-}
  mvn -q -N dependency:copy -Dartifact="org.junit.platform:junit-platform-console-standalone:${release%.jar}" -DoutputDirectory="$into"
  mv "$into" "$folder/jars"
}

if [ ! -e "$folder/debootstrap" ]; then unpack debootstrap debootstrap; fi
if [ ! -e "$folder/image" ]; then make_image; fi
for engine in "${engines[@]}"; do
  case $engine in
    docker) if [ ! -e "$folder/docker" ]; then unpack docker docker.io; fi ;;
    podman) if [ ! -e "$folder/podman" ]; then unpack podman podman crun; fi ;;
    *)
      echo "bench/containers.sh: no engine \"$engine\": docker and podman are" >&2
      exit 2
      ;;
  esac
done
for part in "${parts[@]}"; do
  case $part in
    labs) ;;
    plan) if [ ! -e "$folder/packages" ]; then fetch_samba; fi ;;
    core)
      if [ ! -e "$folder/jars" ]; then fetch_jars; fi
      mvn -q -o -Dexec.skip -Dwarnings.fail=false -pl linux,lab -am test-compile
      ;;
    *)
      echo "bench/containers.sh: no part \"$part\": labs, core and plan are" >&2
      exit 2
      ;;
  esac
done
./warren seccomp >"$folder/warren-seccomp.json"
rm -rf "$folder/results"
mkdir "$folder/results"

# An engine makes groups of processes in the machine's hierarchies, which have no namespace.
groups() {
  ls -d /sys/fs/cgroup/docker /sys/fs/cgroup/*/docker 2>/dev/null || true
}

mapfile -t before < <(groups)
child=
# shellcheck disable=SC2317 # called by the trap
clean() {
  local group
  if [ -n "$child" ]; then
    # It takes no TERM; all that is in there ends with it.
    kill -KILL "$child" 2>/dev/null || true
    wait "$child" || true
    sleep 1
  fi
  for group in $(groups); do
    if [[ " ${before[*]} " != *" $group "* ]]; then
      find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
    fi
  done
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

failed=0
for engine in "${engines[@]}"; do
  unshare --mount --net --pid --fork --kill-child --mount-proc bash bench/containers-inside.sh "$engine" "$folder" "$home" "$jdk" \
    "${parts[@]}" &
  child=$!
  wait "$child" || failed=1
  child=
done
exit "$failed"
