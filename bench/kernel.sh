#!/bin/bash
# Warren's tests on another kernel: Debian's, in a virtual machine, with what the kernel at hand may lack (netem, control
# groups of version 2 or 1). See docs/kernels.md.
#
#   bench/kernel.sh [OPTION...] [TESTCLASS...]    all test classes of linux and lab, or those given
#     --suite SUITE       the Debian release whose kernel and programs it has (default: bookworm)
#     --cgroups v1|v2     which control groups (default: v2)
#     --as USER,...       who runs the tests: root, user (a range of sub-ids), nosub (none) (default: root,user)
#     --modules M,...     the modules whose tests run (default: linux,lab)
#     --classpath FILE    the class path with the tests, joined by colons; otherwise Maven builds and tells it
#     --command COMMAND   instead of tests: a shell command that root runs there, in the checkout
#     --minutes N         its end, whatever runs (default: 60)
#   JAVA_HOME=DIR         the JDK 25 that goes into it (default: the newest in /usr/lib/jvm)
#   ACCEL=tcg             does without KVM
#   AGENT=JAR             with --classpath: the agent that the tests run with
#
# Needs no root and no network but for the packages of its image, which is kept in ~/.cache/warren/kernels. The exit
# code is 0 when every test passed, 1 when one failed, 2 when it could not run.
set -euo pipefail

cd "$(dirname "$0")/.."
suite=bookworm cgroups=v2 users=root,user modules=linux,lab classpath='' command='' minutes=60
packages=linux-image-cloud-amd64,initramfs-tools,zstd,kmod,iproute2,iputils-ping,procps,bsdutils,uidmap,nftables
packages+=,python3-minimal,curl,ca-certificates,git,linux-libc-dev

fail() { # MESSAGE
  printf 'bench/kernel.sh: %s\n' "$1" >&2
  exit 2
}

read_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --suite | --cgroups | --as | --modules | --classpath | --command | --minutes)
        if [ $# -lt 2 ]; then fail "$1 needs a value"; fi
        ;;&
      --suite) suite=$2 ;;
      --cgroups) cgroups=$2 ;;
      --as) users=$2 ;;
      --modules) modules=$2 ;;
      --classpath) classpath=$2 ;;
      --command) command=$2 ;;
      --minutes) minutes=$2 ;;
      -*) fail "there is no option $1: see the head of $0" ;;
      *) break ;;
    esac
    shift 2
  done
  classes=("$@")
  case $cgroups in v1 | v2) ;; *) fail "--cgroups is v1 or v2, not \"$cgroups\"" ;; esac
  case $minutes in '' | *[!0-9]*) fail "--minutes is a number, not \"$minutes\"" ;; esac
}

# Everything that is missing, at once.
check_tools() {
  local missing=() remedy=() tool
  for tool in qemu-system-x86_64:qemu-system-x86 mmdebstrap:mmdebstrap mke2fs:e2fsprogs newuidmap:uidmap; do
    if ! PATH=$PATH:/usr/sbin:/sbin command -v "${tool%:*}" >/dev/null; then
      missing+=("${tool%:*}")
      remedy+=("${tool#*:}")
    fi
  done
  if [ ${#missing[@]} -gt 0 ]; then
    fail "no ${missing[*]}: \`apt install --no-install-recommends ${remedy[*]}\`"
  fi
  PATH=$PATH:/usr/sbin:/sbin
}

# -> $jdk
find_jdk() {
  for jdk in "${JAVA_HOME-}" /usr/lib/jvm/*; do
    if [ -x "$jdk/bin/javac" ] && grep -q '^JAVA_VERSION="25' "$jdk/release" 2>/dev/null; then return; fi
  done
  fail 'no JDK 25 in /usr/lib/jvm: set JAVA_HOME'
}

# COMMAND... with the powers of root over files: as root as it is, otherwise in a user namespace with a range of ids
privileged() {
  if [ "$(id -u)" = 0 ]; then "$@"; else unshare --user --map-root-user --map-auto -- "$@"; fi
}

# A Debian with a JDK, as a disk, its kernel and its initial RAM disk -> $image (a folder)
make_image() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/warren/kernels
  image=$cache/$suite-$(printf '%s\n' "$packages" "$image_version" "$(cat "$jdk/release")" | sha256sum | cut -c1-12)
  if [ -d "$image" ]; then return; fi
  echo "Making a disk with Debian $suite and its kernel, once (a minute or two) ..." >&2
  mkdir -p "$cache"
  made=$(mktemp -d "$cache/.making.XXXXXX")
  if ! mmdebstrap --quiet --variant=minbase --include="$packages" "$suite" "$made/root.tar"; then
    fail "mmdebstrap could not make Debian $suite: what it said is above"
  fi
  # shellcheck disable=SC2016 # for the other shell
  privileged sh -euc '
    mkdir "$1/root"
    tar --extract --file="$1/root.tar" --directory="$1/root" --exclude="./dev/*"
    cp -L "$1/root/vmlinuz" "$1/root/initrd.img" "$1/"
    mkdir -p "$1/root/opt/jdk"
    tar --create --directory="$2" --exclude="./jmods" --exclude="./lib/src.zip" . | tar --extract --no-same-owner --directory="$1/root/opt/jdk"
    printf "%s\n" "#!/bin/sh" "mkdir -p /warren" "mount /dev/vdb /warren" "exec /warren/checkout/bench/kernel-init.sh" >"$1/root/sbin/warren-init"
    chmod 755 "$1/root/sbin/warren-init"
    mke2fs -q -t ext4 -d "$1/root" "$1/root.img" 2G
    chmod 644 "$1"/*.img "$1/vmlinuz"
    rm -rf "$1/root" "$1/root.tar"' sh "$made" "$jdk"
  # Somebody else may have been quicker.
  if ! mv -T "$made" "$image" 2>/dev/null && [ ! -d "$image" ]; then fail "could not move $made to $image"; fi
}

# Raised when what make_image does changes: others are made then.
image_version=1

# -> $path, all of the tests' class path
find_classpath() {
  if [ -n "$classpath" ]; then
    path=$(cat "$classpath")
    return
  fi
  echo 'Building Warren and its tests ...' >&2
  local last=${modules##*,} built=$work/classpath
  mvn --batch-mode -q test-compile dependency:build-classpath -pl "$modules" -am -Dspotless.check.skip=true \
    -Dmdep.outputFile="$built" >&2 || fail 'Maven could not build it: what it said is above'
  mvn --batch-mode -q -N dependency:copy -Dartifact="org.junit.platform:junit-platform-console-standalone:$junit" \
    -DoutputDirectory="$work" >&2 || fail "Maven could not fetch JUnit's console"
  path=$last/target/test-classes:$last/target/classes:$(cat "$built"):$work/junit-platform-console-standalone-$junit.jar
}

# The checkout without what was built, and the tests' classes and jars under p/ in the order of the class path
make_disk() {
  local disk=$work/disk entry n=0 guest_path=
  mkdir -p "$disk/checkout" "$disk/path"
  git ls-files -z --cached --others --exclude-standard |
    tar --create --null --files-from=- --ignore-failed-read --file=- | tar --extract --directory="$disk/checkout" --file=-
  while IFS= read -r -d : entry; do
    n=$((n + 1))
    cp -RL "$entry" "$disk/path/$n-$(basename "$entry")"
    guest_path+=${guest_path:+:}/warren/path/$n-$(basename "$entry")
  done <<<"$path:"
  cp "$agent" "$disk/agent.jar"
  {
    printf 'class_path=%q\nusers=%q\nmodules=%q\ncommand=%q\ncgroups=%q\n' \
      "$guest_path" "${users//,/ }" "${modules//,/ }" "$command" "$cgroups"
    printf 'classes=(%s)\n' "${classes[*]-}"
  } >"$disk/run.sh"
  chmod -R u+rwX,go+rX "$disk"
  truncate -s $(($(du -sm "$disk" | cut -f1) * 3 / 2 + 256))M "$work/tests.img"
  mke2fs -q -t ext4 -E root_owner=0:0 -d "$disk" "$work/tests.img"
  rm -rf "$disk"
}

boot() {
  local accelerators=(-accel kvm -accel tcg) code=0
  # Some machines have the device without the processor's part of it: an instruction too many, and that is the end.
  if [ "${ACCEL-}" = tcg ] || [ ! -w /dev/kvm ] || ! grep -qwE 'vmx|svm' /proc/cpuinfo; then
    accelerators=(-accel tcg)
  fi
  timeout "${minutes}m" qemu-system-x86_64 "${accelerators[@]}" -machine q35 -cpu max -smp 2 -m 3G -nic none -display none -no-reboot \
    -kernel "$image/vmlinuz" -initrd "$image/initrd.img" \
    -append "root=/dev/vda rw quiet console=ttyS0 panic=-1 init=/sbin/warren-init" \
    -drive "file=$image/root.img,format=raw,if=virtio,snapshot=on" \
    -drive "file=$work/tests.img,format=raw,if=virtio" \
    -serial stdio -serial "file:$work/results" </dev/null &
  qemu=$!
  wait "$qemu" || code=$?
  qemu=
  if [ "$code" = 124 ]; then fail "ended after $minutes minutes: --minutes gives it more"; fi
  if [ "$code" != 0 ]; then fail "qemu ended with code $code"; fi
}

# shellcheck disable=SC2317 # called by the trap
end() {
  if [ -n "$qemu" ]; then
    kill "$qemu" 2>/dev/null || : # timeout's, which passes it on
    wait "$qemu" 2>/dev/null || :
  fi
  privileged rm -rf "$made" "$work"
}

read_options "$@"
qemu='' made='' work=''
trap end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
check_tools
find_jdk
make_image
agent=${AGENT:-junit/agent/target/warren-agent.jar}
work=$(mktemp -d "${TMPDIR:-/tmp}/warren-kernel.XXXXXX")
junit=$(sed -n '/<artifactId>junit-bom</,/<version>/s/.*<version>\(.*\)<.*/\1/p' pom.xml)
find_classpath
make_disk
boot
if ! grep -q '^exit ' "$work/results" 2>/dev/null; then
  fail 'the virtual machine ended without a result: what it said is above'
fi
exit "$(sed -n 's/^exit //p' "$work/results" | tr -d '\r')"
