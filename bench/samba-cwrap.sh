#!/bin/bash
# Runs suites of Samba's own plan as upstream runs them: by the harness of a build tree, over socket_wrapper and the other
# libraries of cwrap. What it says is there to be laid beside what Warren says: bench/samba-verdicts.sh does both.
#
#   bench/samba-cwrap.sh TREE FOLDER [OPTION|REGEX...]   as an ordinary user, who owns TREE; what comes of it is FOLDER/subunit
#
# Options are those of selftest.pl: --include-env=ENV, --exclude=FILE, ... The harness sees no network but a loopback of its
# own, and all its processes end with it.
set -euo pipefail

if [ $# -lt 2 ]; then
  sed -n '2,/^set /{/^set /d;s/^# \?//;p}' "$0" >&2
  exit 2
fi
tree=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
shift 2
if [ "$(id -u)" = 0 ]; then
  echo "bench/samba-cwrap.sh: as root uid_wrapper is not what upstream tests: run this as an ordinary user" >&2
  exit 2
fi
if [ ! -w "$tree" ]; then
  echo "bench/samba-cwrap.sh: the harness writes into $tree, which $(id -un) cannot: give it a copy of the user's own" >&2
  exit 2
fi

# Since 6.13 kernels refuse SO_REUSEPORT on Unix sockets, and the sockets of socket_wrapper 1.3 are that: smbd does not start.
cat >"$folder/reuseport.c" <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/socket.h>

int setsockopt(int socket, int level, int option, const void *value, socklen_t length) {
  if (level == SOL_SOCKET && option == SO_REUSEPORT) {
    return 0;
  }
  int (*next)(int, int, int, const void *, socklen_t) = dlsym(RTLD_NEXT, "setsockopt");
  return next(socket, level, option, value, length);
}
C
gcc -shared -fPIC -O2 -o "$folder/reuseport.so" "$folder/reuseport.c"

# unshare keeps the signals that end others from itself; what it started dies with it.
end() {
  kill -KILL "$harness" 2>/dev/null || true
}
# shellcheck disable=SC2016 # expanded inside
unshare --user --map-root-user --net --mount --pid --fork --kill-child --mount-proc -- bash -c '
  ip link set lo up
  cd "$1"
  exec unshare --user --map-user="$2" --map-group="$3" -- "${@:4}"' - "$tree" "$(id -u)" "$(id -g)" \
  env -i HOME="$HOME" USER="$(id -un)" LOGNAME="$(id -un)" PATH=/usr/sbin:/usr/bin:/sbin:/bin PYTHON=/usr/bin/python3 \
  PYTHONHASHSEED=1 WAF_MAKE=1 LD_PRELOAD="$folder/reuseport.so" /usr/bin/python3 buildtools/bin/waf testonly \
  --with-selftest-prefix="$folder/st" --tests="$*" </dev/null &
harness=$!
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
wait "$harness"
