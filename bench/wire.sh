#!/bin/bash
# What link conditions cost: TCP throughput and 1-byte round trips between two hosts, over a plain cable, over Warren's
# wire, and by the kernel's token bucket; all in turn, the median of each.
#
#   bench/wire.sh              as root or not
#   ROUNDS=7                   how often
set -euo pipefail
export LC_ALL=C.UTF-8

cd "$(dirname "$0")/.."
./warren --version >/dev/null # builds what is not built
library=target/launcher/current/lib

jdk=
for candidate in "${JAVA_HOME-}" /usr/lib/jvm/* /opt/*; do
  if [ -x "$candidate/bin/javac" ] && grep -qsE '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$candidate/release"; then
    jdk=$candidate
    break
  fi
done
if [ -z "$jdk" ]; then
  echo "bench/wire.sh: no JDK 25 or newer: set JAVA_HOME" >&2
  exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$jdk/bin/javac" -nowarn -proc:none -d "$work/classes" -cp "$library/*" bench/src/main/java/dev/warren/bench/*.java

enter=()
if ! unshare --net true 2>/dev/null; then
  enter=(unshare --user --map-root-user --mount)
fi
printf '%s processors, Linux %s\n' "$(nproc)" "$(uname -r | sed 's/[^0-9.].*//')"
# The launcher's own options: so it runs in a lab that `warren up` makes.
"${enter[@]}" "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  -cp "$work/classes:$library/*" dev.warren.bench.WireBench "${ROUNDS:-7}" "$work/lab"
