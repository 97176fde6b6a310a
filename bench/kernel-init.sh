#!/bin/bash
# Process 1 of the virtual machine of bench/kernel.sh: mounts what a machine has, runs the tests, tells their outcome on the
# second serial line and turns the machine off.
# shellcheck disable=SC2154 # what run.sh sets
set -u
export PATH=/opt/jdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 WARREN_TEST_CGROUPS=1
# shellcheck source=/dev/null # written by bench/kernel.sh: class_path users modules command cgroups classes
. /warren/run.sh
worst=0

mount_all() {
  mountpoint -q /proc || mount -t proc proc /proc
  mountpoint -q /sys || mount -t sysfs sysfs /sys
  mountpoint -q /dev || mount -t devtmpfs dev /dev
  mountpoint -q /run || mount -t tmpfs -o mode=755 run /run
  mkdir -p /dev/pts /dev/shm
  mountpoint -q /dev/pts || mount -t devpts -o gid=5,mode=620,ptmxmode=666 devpts /dev/pts
  mountpoint -q /dev/shm || mount -t tmpfs -o mode=1777 shm /dev/shm
  mount -t tmpfs -o mode=1777 tmp /tmp
  mount --make-rshared / # as service managers have it
  hostname vm
  ip link set lo up
}

mount_cgroups() {
  local tree
  if [ "$cgroups" = v2 ]; then
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    return
  fi
  mount -t tmpfs -o mode=755 cgroups /sys/fs/cgroup
  for tree in memory cpu,cpuacct pids; do
    mkdir "/sys/fs/cgroup/$tree"
    mount -t cgroup -o "$tree" cgroup "/sys/fs/cgroup/$tree"
    case $tree in *,*) ln -s "$tree" "/sys/fs/cgroup/${tree%,*}" ;; esac
  done
}

make_users() {
  useradd --create-home --shell /bin/bash user
  useradd --create-home --shell /bin/bash nosub
  sed -i '/^nosub:/d' /etc/subuid /etc/subgid
}

# COMMAND... as a user, with version 2 in a cgroup below one of its own, as a service manager delegates it
run_as() { # USER COMMAND...
  local user=$1 own
  shift
  if [ "$user" = root ]; then
    "$@"
    return
  fi
  if [ "$cgroups" = v2 ]; then
    echo '+memory +cpu +pids' >/sys/fs/cgroup/cgroup.subtree_control
    own=/sys/fs/cgroup/$user
    mkdir -p "$own/session"
    chown -R "$user:" "$own"
    # shellcheck disable=SC2016 # for the other shell
    sh -c 'echo $$ >"$0/session/cgroup.procs"; user=$1; shift; exec runuser -u "$user" -- env HOME="/home/$user" "$@"' "$own" "$user" "$@"
    return
  fi
  runuser -u "$user" -- env HOME="/home/$user" "$@"
}

run_tests() { # USER MODULE
  local selection=() class file begin=$SECONDS
  if [ ${#classes[@]} = 0 ]; then
    while read -r file; do
      class=${file#*/src/test/java/}
      class=${class%.java}
      selection+=(--select-class "${class//\//.}")
    done < <(find "/warren/checkout/$2/src/test/java" -name '*Test.java' | sort)
  fi
  for class in ${classes[@]+"${classes[@]}"}; do
    file=$(find "/warren/checkout/$2/src/test/java" -name "${class##*.}.java")
    file=${file#*/src/test/java/}
    file=${file%.java}
    if [ -n "$file" ]; then selection+=(--select-class "${file//\//.}"); fi
  done
  if [ ${#selection[@]} = 0 ]; then return; fi
  printf '\n=== %s as %s, cgroups %s\n' "$2" "$1" "$cgroups"
  cd "/warren/checkout/$2" || exit
  run_as "$1" java -javaagent:/warren/agent.jar --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 \
    -cp "$class_path" org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors \
    --details=tree "${selection[@]}" 2>&1 | tee /run/output
  tell "$1" "$2" $((SECONDS - begin))
}

# The numbers of a run, and whether all passed.
tell() { # USER MODULE SECONDS
  local found failed
  found=$(sed -n 's/^\[ *\([0-9]*\) tests found.*/\1/p' /run/output)
  failed=$(sed -n 's/^\[ *\([0-9]*\) tests failed.*/\1/p' /run/output)
  printf 'run %-6s %-9s %5s tests %5s passed %5s failed %5s skipped %5s s\n' "$1" "$2" "${found:-?}" \
    "$(sed -n 's/^\[ *\([0-9]*\) tests successful.*/\1/p' /run/output)" "${failed:-?}" \
    "$(sed -n 's/^\[ *\([0-9]*\) tests \(skipped\|aborted\).*/\1/p' /run/output | awk '{ n += $1 } END { print n + 0 }')" "$3" |
    tee -a /run/table
  if [ "${failed:-1}" != 0 ]; then worst=1; fi
}

mount_all
mount_cgroups
make_users
echo "Linux $(uname -r), cgroups $cgroups, booted in $(cut -d' ' -f1 /proc/uptime) s"
if [ -n "$command" ]; then
  cd /warren/checkout || exit
  sh -c "$command" || worst=1
else
  for user in $users; do
    for module in $modules; do run_tests "$user" "$module"; done
  done
  printf '\n=== Linux %s, cgroups %s\n' "$(uname -r)" "$cgroups"
  cat /run/table
fi
echo "exit $worst" >/dev/ttyS1
sync
echo 1 >/proc/sys/kernel/sysrq
echo o >/proc/sysrq-trigger
sleep 60
