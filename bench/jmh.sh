#!/bin/bash
# What is inside, by JMH: building a netlink message, one system call, entering a host with Java code, starting a process in it.
# Maven fetches JMH; nothing of it is in the build.
#
#   bench/jmh.sh [OPTION...]   options of JMH: bench/jmh.sh -f 1 -i 3 Host
set -euo pipefail
export LC_ALL=C.UTF-8

cd "$(dirname "$0")/.."
# shellcheck source=bench/java.sh
. bench/java.sh
mkdir "$work/jmh"
for artifact in org.openjdk.jmh:jmh-core:1.37 org.openjdk.jmh:jmh-generator-annprocess:1.37 net.sf.jopt-simple:jopt-simple:5.0.4 \
  org.apache.commons:commons-math3:3.6.1; do
  mvn -q -N dependency:copy -Dartifact="$artifact" -DoutputDirectory="$work/jmh"
done
find bench/src/jmh/java -name '*.java' -exec "$jdk/bin/javac" -nowarn -proc:full -d "$work/classes" \
  -cp "$work/classes:$work/jmh/*:$library/*" {} +
"${enter[@]}" "$jdk/bin/java" --enable-native-access=ALL-UNNAMED "-Djava.io.tmpdir=$work" -cp "$work/classes:$work/jmh/*:$library/*" \
  org.openjdk.jmh.Main "$@"
