#!/bin/bash
# The part of bench/containers.sh that runs in a container: USER-RANGE PART... Says "KEY WORDS" a line of what came of it.
#
#   labs   `warren doctor`, and a lab of two hosts that talk
#   core   JUnit tests: all of linux; of lab those of what a host has (files, processes, users, Java code, interfaces, services),
#          of networks and changes. Not those of faults, ends, captures and link conditions, which take longer than all others
#   plan   `warren test samba/quick`
#
# Where namespaces are refused all of it is tried under cwrap, which is what Warren takes then by itself; the core of the tests is
# then what hosts do under cwrap.
set -u

CORE='dev[.]warren[.]linux[.].*Test|dev[.]warren[.]lab[.](Host(Files|Interface|Isolation|Java|Process|Processes|User|Users|Wall)|Lab'
CORE+='|LabChange|Networks|RootFolder|ServiceReadiness|Services|Shortcomings)Test'

CWRAP='dev[.]warren[.]lab[.](conformance[.](Cwrap.*|WithoutLinux)|cwrap[.].*)Test'

range=$1
shift
cd /tmp || exit
export HOME=/tmp XDG_CACHE_HOME=/cache
warren=/opt/warren/warren

labs() {
  $warren doctor >doctor.txt
  echo "doctor $?"
  echo "ids $(sed -n 's/^[a-z]* *mapped ids *//p' doctor.txt)"
  printf 'hosts:\n  a:\n  b:\n' >two.yaml
  $warren up --detach --isolation=namespaces two.yaml >up.log 2>&1
  up=$?
  echo "up $up"
  echo "said $(head -n 1 up.log)"
  echo "helps $(sed -n 2p up.log)"
  if [ "$up" != 0 ]; then
    $warren up --detach two.yaml >wrapped.log 2>&1
    echo "wrapped $?"
    echo "told $(head -n 1 wrapped.log)"
    CORE=$CWRAP
  fi
  $warren exec a -- ping -c 1 b >/dev/null 2>&1
  echo "ping $?"
  $warren exec b -- python3 -c 'import socket; s = socket.create_server(("", 80)); s.accept()[0].send(b"served")' >/dev/null 2>&1 &
  local answer='' _
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    answer=$($warren exec a -- python3 -c 'import socket; print(socket.create_connection(("b", 80)).recv(9).decode())' 2>/dev/null) && break
    sleep 0.3
  done
  echo "port80 $answer"
  $warren down >/dev/null 2>&1
  sleep 1
  wait
}

core() {
  local tests=/opt/warren module log=/results/core.log
  : >"$log"
  for module in linux lab; do
    # Some tests look for files of their module.
    cd "$tests/$module" || return
    "$JAVA_HOME/bin/java" -javaagent:"$tests/junit/agent/target/warren-agent.jar" --enable-native-access=ALL-UNNAMED \
      -Dslf4j.internal.verbosity=ERROR \
      -cp "target/test-classes:target/classes:$tests/linux/target/test-classes:$tests/linux/target/classes:/opt/jars/*" \
      org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=tree \
      --scan-classpath=target/test-classes --include-classname="$CORE" >>"$log" 2>&1
  done
  cd /tmp || return
  sed -n 's/^  JUnit Jupiter:\([^(]*\).*/\1/p' "$log" >failed.txt
  grep -v -e '^#' -e '^$' "$tests/bench/containers.expected" >expected.txt
  echo "core $(count successful) passed, $(grep -c -E -f expected.txt failed.txt) failed as expected, $(($(count aborted) + $(count skipped))) skipped"
  grep -v -E -f expected.txt failed.txt | sed 's/^/unexpected /'
}

count() { # OUTCOME
  sed -n "s/^\[ *\([0-9]*\) tests $1 *\]$/\1/p" /results/core.log | awk '{ sum += $1 } END { print sum + 0 }'
}

plan() {
  $warren test --results=/results/st samba/quick >/results/plan.log 2>&1
  echo "plan-code $?"
}

if [ "$range" = range ]; then
  printf '%s:100000:65536\n' "$(id -un)" >/etc/subuid
  cp /etc/subuid /etc/subgid
fi
for part; do
  "$part"
done
# What a lab's inits and the programs of tests are called.
# shellcheck disable=SC2009 # pgrep matches no end of a line
echo "left $(ps ax -o args= | grep -c '[c]at$')"
