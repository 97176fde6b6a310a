# Sourced by the benchmarks that are written in Java, in the folder of the checkout: builds what is not built.
# -> $work (a folder that goes away), $library, $jdk, $enter (how an ordinary user gets the powers of root)
# shellcheck shell=bash disable=SC2034
./warren --version >/dev/null
library=target/launcher/current/lib

jdk=
for candidate in "${JAVA_HOME-}" /usr/lib/jvm/* /opt/*; do
  if [ -x "$candidate/bin/javac" ] && grep -qsE '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$candidate/release"; then
    jdk=$candidate
    break
  fi
done
if [ -z "$jdk" ]; then
  echo "$0: no JDK 25 or newer: set JAVA_HOME" >&2
  exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$jdk/bin/javac" -nowarn -proc:none -d "$work/classes" -cp "$library/*" bench/src/main/java/dev/warren/bench/*.java

enter=()
if ! unshare --net true 2>/dev/null; then
  enter=(unshare --user --map-root-user --mount)
fi

# A C program of bench/src/main/c -> its path in $work; false where there is no compiler
compile() { # NAME
  if ! command -v "${CC:-cc}" >/dev/null; then
    echo "$0: no C compiler: apt-get install gcc libc6-dev" >&2
    return 1
  fi
  "${CC:-cc}" -O2 -Wall -Wextra -o "$work/$1" "bench/src/main/c/$1.c"
}

# The launcher's own options: so it runs in a lab that `warren up` makes.
run_java() { # CLASS ARGUMENT...
  local class=$1
  shift
  printf '%s processors, Linux %s\n' "$(nproc)" "$(uname -r | sed 's/[^0-9.].*//')"
  "${enter[@]}" "$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
    -cp "$work/classes:$library/*" "dev.warren.bench.$class" "$@"
}
