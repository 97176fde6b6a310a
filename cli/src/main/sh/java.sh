# Sourced by the launcher for everything but `warren exec` and `warren shell`: finds a JDK, builds Warren when it must,
# enters a user namespace when the caller has not the powers of root, and starts the command line with the arguments.
# shellcheck shell=sh disable=SC2154 # the launcher's variables and functions

# The Java version that a JDK's own `release` file names; no JVM is started to ask -> $major
java_major() { # JDK
  major=0
  if [ ! -x "$1/bin/javac" ] || [ ! -r "$1/release" ]; then return; fi
  while IFS='=' read -r key value; do
    if [ "$key" != JAVA_VERSION ]; then continue; fi
    value=${value#\"}
    major=${value%%[!0-9]*}
    return
  done <"$1/release"
}

# -> $jdk
find_jdk() {
  for jdk in "${JAVA_HOME-}" /usr/lib/jvm/* /opt/* /opt/*/jdk* /usr/java/* "${HOME-}"/.sdkman/candidates/java/* \
    "${HOME-}"/.jdks/*; do
    java_major "$jdk"
    if [ "${major:-0}" -ge 25 ]; then return; fi
  done
  if jdk=$(command -v java) && jdk=$(readlink -f -- "$jdk"); then
    jdk=${jdk%/bin/java}
    java_major "$jdk"
    if [ "${major:-0}" -ge 25 ]; then return; fi
  fi
  distribution=
  # shellcheck disable=SC1091 # the machine's own
  if [ -r /etc/os-release ]; then distribution=$(. /etc/os-release && printf %s "${ID-} ${ID_LIKE-}"); fi
  case $distribution in
    *debian* | *ubuntu*) remedy="\`apt install openjdk-25-jdk-headless\`; where apt has none, the Temurin packages of https://adoptium.net/installation/linux" ;;
    *fedora* | *rhel*) remedy="\`dnf install java-25-openjdk-devel\`" ;;
    *suse*) remedy="\`zypper install java-25-openjdk-devel\`" ;;
    *arch*) remedy="\`pacman -S jdk-openjdk\`" ;;
    *alpine*) remedy="\`apk add openjdk25\`" ;;
    *) remedy='https://adoptium.net' ;;
  esac
  fail 1 "no JDK 25 or newer in JAVA_HOME, /usr/lib/jvm, /opt, /usr/java, ~/.sdkman, ~/.jdks or PATH: $remedy; or unpack one anywhere and set JAVA_HOME"
}

# Whether what was built is missing or older than the sources.
needs_build() {
  if [ ! -e "$built/current/stamp" ]; then return 0; fi
  if [ ! -e "$home/pom.xml" ]; then return 1; fi # no checkout: nothing to build from
  # Folders too: their time shows what was deleted.
  newer=$(find "$home/pom.xml" "$home"/linux "$home"/lab "$home"/selftest "$home"/cli \
    -name target -prune -o -path '*/src/test' -prune -o -newer "$built/current/stamp" -print -quit 2>/dev/null)
  [ -n "$newer" ]
}

# Not every shell does what is to be done on EXIT when a signal ends it.
end_on_signals() {
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# Builds into a folder of its own and then points `current` at it: labs that run keep the jars that they started with.
build() {
  if ! mkdir -p "$built" 2>/dev/null || [ ! -w "$built" ]; then
    if [ -e "$built/current/stamp" ]; then return; fi
    fail 1 "Warren is not built, and $home is not yours to build in: let its owner run $home/warren once, or use a clone of your own"
  fi
  exec 9>"$built/lock"
  if ! flock --nonblock 9; then
    printf 'warren: waiting for another Warren that is building\n' >&2
    flock 9
    if ! needs_build; then
      exec 9>&-
      return
    fi
  fi
  if ! command -v mvn >/dev/null; then
    fail 1 "no Maven (mvn) in PATH to build Warren with: install the package maven"
  fi
  if [ -e "$built/current/stamp" ]; then
    printf 'Building Warren (its sources changed) ...\n' >&2
  else
    printf 'Building Warren (first use: this takes a minute or two) ...\n' >&2
  fi
  log=$built/build.log
  build=
  trap 'rm -rf "$build"' EXIT
  end_on_signals
  build=$(mktemp -d "$built/build.XXXXXX") || fail 1 "cannot make a folder in $built"
  # The time before the build: a source that changes meanwhile is built again next time. The first build's folders in
  # the modules are no change of sources.
  (cd "$home" && mkdir -p linux/target lab/target selftest/target cli/target)
  : >"$build/stamp"
  # Tests, formatting and warnings are `mvn verify`'s business.
  if ! (cd "$home" && JAVA_HOME=$jdk mvn --batch-mode --no-transfer-progress -Dmaven.test.skip -Dexec.skip -Dwarnings.fail=false \
    -Dwarren.launcher.folder="$build/lib" -pl cli -am package) </dev/null >"$log" 2>&1 9>&-; then
    # What follows the first mention of help is Maven's advice about itself.
    sed -n '/-> \[Help/q; /^\[ERROR\] ./p' "$log" | head -n 12 >&2
    fail 1 "the build failed: $log has the whole story"
  fi
  cp "$home"/cli/target/warren-cli-*.jar "$build/lib/" || fail 1 "the build made no warren-cli: see $log"
  # Without, only the start takes longer.
  "$jdk/bin/java" --module-path "$build/lib" --module dev.warren.cli/dev.warren.cli.NewerClasses "$build"/lib/picocli-*.jar \
    >>"$log" 2>&1 9>&- || :
  chmod -R u+w,go+rX "$build"
  ln -sfn "${build##*/}" "$built/current.new" && mv -fT "$built/current.new" "$built/current"
  trap - EXIT HUP INT TERM
  # A lab may still run from the builds before; three suffice for any that is not forgotten.
  # shellcheck disable=SC2012 # the names are mktemp's
  ls -dt "$built"/build.??????/ | tail -n +4 | while read -r old; do rm -rf "$old"; done
  exec 9>&-
}

# Whether this process may make namespaces: bit 21 of its effective capabilities is CAP_SYS_ADMIN.
is_privileged() {
  while read -r key value; do
    if [ "$key" = CapEff: ]; then break; fi
  done </proc/self/status
  [ $((0x$value >> 21 & 1)) = 1 ]
}

# The richest way into a user namespace that works here -> $unshare: with the caller's range of ids (newuidmap), else
# with one id. The trials cost about 10 ms. The one with a range comes last: where the kernel refuses, unshare(1) of
# util-linux 2.38 leaves the process behind that was to map the ids, and that waits for ever. Where the kernel refuses and
# the caller has not asked for namespaces, the command line decides what to do without -> $refusal, $remedy
find_unshare() {
  unshare=
  if is_privileged || [ "$isolation" = cwrap ]; then return; fi
  unshare='unshare --user --map-root-user --mount'
  if ! why=$($unshare -- true 2>&1); then
    find_refusal
    unshare=
    if [ "$isolation" = namespaces ]; then
      fail 1 "$refusal, so there are no labs here
warren: $remedy; \`warren doctor\` has more"
    fi
    return
  fi
  if unshare --user --map-root-user --map-auto --mount -- true 2>/dev/null; then
    unshare='unshare --user --map-root-user --map-auto --mount'
  fi
}

# Whether a switch or limit of the kernel is this digit. A shell that reads byte by byte gets no more than the first one.
is_set_to() { # FILE DIGIT
  value=
  if [ -r "$1" ]; then read -r value <"$1" || :; fi
  [ "$value" = "$2" ]
}

# Whether a seccomp filter stands before the kernel.
is_filtered() {
  while read -r key value; do
    if [ "$key" = Seccomp: ]; then break; fi
  done </proc/self/status
  [ "$value" != 0 ]
}

# What refuses user namespaces -> $refusal, and what helps -> $remedy; the most telling cause first, as `warren doctor` has it.
# shellcheck disable=SC2016 # names of commands
find_refusal() {
  refusal="this place refuses user namespaces (${why:-unshare failed})"
  remedy='leave the chroot if this is one, or run Warren as root'
  if is_set_to /proc/sys/user/max_user_namespaces 0; then
    refusal='the limit of user namespaces is 0 (user.max_user_namespaces)'
    remedy='as root: sysctl user.max_user_namespaces=15000'
  elif is_set_to /proc/sys/kernel/unprivileged_userns_clone 0; then
    refusal="user namespaces are root's alone (kernel.unprivileged_userns_clone is 0)"
    remedy='as root: sysctl kernel.unprivileged_userns_clone=1'
  elif is_set_to /proc/sys/kernel/apparmor_restrict_unprivileged_userns 1; then
    refusal='AppArmor refuses user namespaces to programs without a profile (kernel.apparmor_restrict_unprivileged_userns is 1)'
    remedy='as root: sysctl kernel.apparmor_restrict_unprivileged_userns=0'
  else
    case $why in
      *'No space left'*)
        refusal='the limit of namespaces is reached, or they are nested more than 32 deep'
        remedy='as root: sysctl user.max_user_namespaces=15000 user.max_net_namespaces=15000; or nest less'
        ;;
      *uid_map*)
        if [ "$(id -u)" = 0 ]; then # since Linux 5.12, user_namespaces(7)
          refusal='root without CAP_SETFCAP may not pass its uid to a namespace'
          remedy='give root that power (docker run --cap-add SETFCAP), or run Warren as another user (docker run --user 1000)'
        fi
        ;;
      *)
        if is_filtered; then
          refusal="a seccomp filter refuses namespaces, as that of Docker's containers does"
          remedy='start the container with a profile that allows them: `warren seccomp --for docker` (podman, gitlab, kubernetes) says how'
        fi
        ;;
    esac
  fi
}

# The Java command line with the caller's arguments -> the arguments
#   Picocli need not find out how to read kinds of values that no option has.
#   The name caches would give one host's answers to another. In a user namespace Java would take root's home for the
#   caller's. Users of a host that are not its root must be able to read what is made for it, whatever the caller's umask.
with_java() { # FUNCTION ARGUMENT...
  next=$1
  shift
  umask 022
  set -- -Dnetworkaddress.cache.ttl=0 -Dnetworkaddress.cache.negative.ttl=0 -Duser.home="${HOME-/}" \
    -Dwarren.home="$home" -Dwarren.runtime="$runtime" \
    -Dwarren.usernamespace="${unshare:+1}" -Dwarren.refusal="$refusal" -Dwarren.remedy="$remedy" -Dwarren.terminal="$terminal" \
    -Dwarren.ready="${ready:+3}" -Dwarren.log="$log" \
    '-Dpicocli.converters.excludes=java[.](time|sql)[.].*' \
    --module-path "$library" --module "dev.warren.cli/dev.warren.cli.$main" "$@"
  if [ -n "$cache" ]; then
    # Where a cache lies in memory is drawn by lot, and then each pointer in it must be changed: not here. Nor is all
    # compiled at once what was busy in the training: for a short command that is more work than it saves.
    set -- -XX:AOTCache="$cache" '-Xlog:aot*=off' '-Xlog:cds*=off' -XX:+IgnoreUnrecognizedVMOptions \
      -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-AOTReplayTraining "$@"
  fi
  if [ -n "$cache_output" ]; then set -- -XX:AOTCacheOutput="$cache_output" "$@"; fi
  # shellcheck disable=SC2086 # several options
  "$next" "$jdk/bin/java" $jvm_options "$@"
}

in_place() { # JAVA...
  # shellcheck disable=SC2086 # a command with options, or none
  exec $unshare ${unshare:+--} "$@"
}

# A session of its own: Ctrl-C is not for it. What it starts must not inherit that the shell ignores INT for it.
in_own_session() { # JAVA...
  # shellcheck disable=SC2086 # a command with options, or none
  exec setsid env --default-signal=INT,QUIT $unshare ${unshare:+--} "$@"
}

make_runtime() {
  (umask 077 && mkdir -p "$runtime") || fail 1 "cannot make the folder of running labs, $runtime"
  check_runtime 1
}

# Passes on what Java says on descriptor 3 until it is ready: lines for standard output, lines for standard error after
# "@error "; "@exit CODE" ends the launcher; "@host LAB/HOST" and "@option OPTION" (of exec and shell) are for `testenv`,
# and "@ready" ends the relay. Without a last word Java has died.
relay() {
  while IFS= read -r line; do
    case $line in
      '@exit '*)
        code=${line#@exit }
        return
        ;;
      '@error '*) printf '%s\n' "${line#@error }" >&2 ;;
      '@host '*) lab_host=${line#@host } ;;
      '@option '*) lab_options="$lab_options
${line#@option }" ;;
      @ready) return ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
  code=1
  if [ -s "$log" ]; then cat "$log" >&2; fi
  printf 'warren: Java ended without a word\n' >&2
}

# The JVM stays when the lab is up, and this process ends.
up_detached() {
  ready=yes
  log=$(mktemp "$runtime/.starting.$$.XXXXXX") || fail 1 "cannot make a log file in $runtime"
  {
    with_java in_own_session "$@" 3>&1 >"$log" 2>&1 </dev/null &
  } | {
    code=0
    relay
    rm -f "$log" # a lab that runs has moved it into its folder
    exit "$code"
  }
}

# The command runs here, on the caller's terminal, in a host of a lab that a JVM keeps in a session of its own. The JVM
# reads from a pipe that only this process holds, and so ends with it. It is told the command's exit code, with which it
# ends when it has taken the lab down.
testenv() { # ARGUMENT... [-- COMMAND...]
  own=0
  for argument; do
    if [ "$argument" = -- ]; then break; fi
    own=$((own + 1))
  done
  ready=yes
  pipes='' java=''
  # The other side would wait for ever at a pipe that nobody opens any more.
  trap 'rm -rf "$pipes"; if [ -n "$java" ]; then kill "$java" 2>/dev/null; fi' EXIT
  end_on_signals
  pipes=$(mktemp -d "$runtime/.testenv.$$.XXXXXX") || fail 1 "cannot make a folder in $runtime"
  mkfifo "$pipes/control" "$pipes/ready"
  (
    # The first ones go to the end, then the others away.
    others=$(($# - own))
    turns=$own
    while [ "$turns" -gt 0 ]; do
      set -- "$@" "$1"
      shift
      turns=$((turns - 1))
    done
    shift "$others"
    with_java in_own_session "$@"
  ) <"$pipes/control" 3>"$pipes/ready" &
  java=$!
  exec 4>"$pipes/control" 5<"$pipes/ready"
  rm -rf "$pipes"
  trap - EXIT HUP INT TERM
  code='' lab_host='' lab_options=''
  relay <&5
  exec 5<&-
  if [ -z "$code" ]; then
    shift "$own"
    if [ $# -gt 0 ]; then shift; fi
    in_testenv "$@"
  fi
  printf 'exit %s\n' "$code" >&4
  exec 4>&-
  wait "$java"
  exit "$code"
}

in_testenv() { # COMMAND...
  if [ $# -eq 0 ]; then set -- shell "$lab_host"; else set -- exec "$lab_host" -- "$@"; fi
  verb_here=$1
  shift
  while IFS= read -r line; do
    if [ -n "$line" ]; then set -- "$line" "$@"; fi
  done <<EOF
$lab_options
EOF
  for signal in HUP TERM USR1 USR2; do
    # shellcheck disable=SC2064 # the signal's name as it is now
    trap "again=1; kill -s $signal \"\$command\" 2>/dev/null" "$signal"
  done
  # Ctrl-C goes to the terminal's foreground group: the command has it already.
  trap again=1 INT QUIT
  exec 6<&0
  # Nothing of the caller's environment but what finds the lab, and the terminal's kind.
  env --default-signal=INT,QUIT -i ${TERM+"TERM=$TERM"} ${XDG_RUNTIME_DIR+"XDG_RUNTIME_DIR=$XDG_RUNTIME_DIR"} \
    "$home/warren" "$verb_here" --interactive "$@" <&6 6<&- 4>&- &
  command=$!
  exec 6<&-
  # A signal ends `wait` before the command has ended: then it is to wait again. 127: nothing was left to wait for.
  code=127
  again=1
  while [ -n "$again" ]; do
    again=
    wait "$command"
    status=$?
    if [ "$status" != 127 ]; then code=$status; fi
  done
}

home=$(cd -- "$home" && pwd -P) || exit 1
built=$home/target/launcher
ready='' log='' unshare='' refusal='' remedy='' isolation='' main=Main cache_output=''
find_jdk
# shellcheck source=cli/src/main/sh/cache.sh
. "$home/cli/src/main/sh/cache.sh"
is_new=
if needs_build; then build && is_new=yes; fi
# The folder itself, not the link: a later build moves the link.
library=$(cd -- "$built/current/lib" && pwd -P) || exit 1
if [ "${WARREN_AOT-}" = off ]; then
  cache=
elif ! find_cache; then
  # A build takes so long that this does not count; otherwise the command does not wait for it.
  if [ -n "$is_new" ]; then make_cache_now "$cache"; else make_cache_aside "$cache"; fi
  if [ -n "$cache" ] && ! is_usable "$cache"; then cache=; fi
fi
if [ ! -s "$cache" ]; then cache=; fi
if [ -t 1 ]; then terminal=1; else terminal=; fi

# What is to be done: a word for help or a trial needs no lab.
manner=in_place labs=yes last=
for argument; do
  case $argument in
    --) break ;;
    --fetch) labs= ;;
    --isolation=*) isolation=${argument#*=} ;;
    -h | --help | --dry-run | --list)
      manner=in_place
      break
      ;;
    -d | --detach) if [ "$verb" = up ]; then manner=up_detached; fi ;;
    *) if [ "$last" = --isolation ]; then isolation=$argument; fi ;;
  esac
  last=$argument
  if [ "$verb" = testenv ]; then manner=testenv; fi
done

# Commands that only look need no user namespace, and `doctor` is to see what an ordinary process sees.
case $verb in
  up | down | testenv | test) if [ -n "$labs" ]; then find_unshare; fi ;;
esac
case $manner in
  in_place) with_java in_place "$@" ;;
  *)
    make_runtime
    "$manner" "$@"
    ;;
esac
