# Sourced by the launcher for `warren exec` and `warren shell`, when there is more to do than its first part does: help,
# a terminal, signals that are passed on, --env, --user, --workdir. Its variables: verb, help, user, directory, variables
# (how many --env stand at the end of the arguments), host, pid, credentials, wrapped.
# shellcheck shell=sh disable=SC2154 # the launcher's variables

help_options() {
  cat <<'EOF'

Options:
  -e, --env NAME=VALUE   set a variable for the command (may be repeated)
  -i, --interactive      pass every signal on, and wait for the command's own end (always so on a terminal)
  -u, --user USER        be that user of the host, not its root
  -w, --workdir DIR      start in that directory of the host, not in /
  -h, --help             show this help

The environment is the caller's (as with `ip netns exec`), less what belongs to the caller's machine; PATH, HOME and USER
are the host's, and --env adds to it.
EOF
}

help_exec() {
  cat <<'EOF'
Usage: warren exec [OPTION...] [LAB/]HOST [--] COMMAND [ARGUMENT...]

Runs a command in a host of a running lab, as if it ran here: with this terminal or these pipes, and with the command's
exit code (128+N when signal N ended it). On a terminal, or with --interactive, the command gets the signals that this
process gets; otherwise a signal that ends this process ends the command too, by SIGTERM. LAB/ is needed only when
several running labs have a host of that name; `warren ls` shows them.
EOF
  help_options
  cat <<'EOF'

Exit codes: the command's; 2 wrong arguments; 125 the host cannot be entered; 126 the command cannot be run; 127 it is
not there.

Examples:
  warren exec a -- ping -c1 b
  warren exec -e TZ=UTC -w /etc three-hosts/a -- cat hosts
  echo 'select 1' | warren exec db -- psql
EOF
}

help_shell() {
  cat <<'EOF'
Usage: warren shell [OPTION...] [LAB/]HOST

Opens a shell in a host of a running lab: bash, or sh where there is no bash. LAB/ is needed only when several running
labs have a host of that name; `warren ls` shows them.
EOF
  help_options
  cat <<'EOF'

Examples:
  warren shell a
  warren shell three-hosts/a
EOF
}

# nsenter waits for the command with default signal actions: Ctrl-C would end it even when the command goes on, and a
# signal to it ends it alone. So this process stays outside of the host's PID namespace (--no-fork), and the shell that it
# becomes forks the command into it, waits, and passes signals on.
enter() { # NAME=VALUE... setpriv... -- COMMAND...
  # The caller's terminal is not among the host's: script(1) gives the command one that is, and passes on what is typed,
  # the exit code and the size of the window.
  # shellcheck disable=SC2016 # the shell in the host expands it
  begin='
    if [ -n "$2" ]; then
      case $(script --version 2>/dev/null) in
        *util-linux*) export SHELL=/bin/sh && exec script -qefc "$2" /dev/null ;;
      esac
    fi
    cd "$1" || exit 126
    shift 2
    '
  # shellcheck disable=SC2016 # the shell in the host expands it
  wait='
    exec 3<&0
    pass="HUP TERM USR1 USR2 ALRM WINCH CONT"
    # What a terminal sends goes to its whole foreground group: the command has it already.
    if { command : </dev/tty; } 2>/dev/null; then trap again=1 INT QUIT; else pass="$pass INT QUIT"; fi
    for signal in $pass; do
      trap "again=1; kill -s $signal \"\$command\" 2>/dev/null" "$signal"
    done
    # The shell ignores INT and QUIT for what it starts with &, and gives it no standard input.
    env --default-signal=INT,QUIT "$@" <&3 3<&- &
    command=$!
    exec 3<&-
    # A signal ends `wait` before the command has ended: then it is to wait again. 127: nothing was left to wait for.
    code=127
    again=1
    while [ -n "$again" ]; do
      again=
      wait "$command"
      status=$?
      if [ "$status" != 127 ]; then code=$status; fi
    done
    exit "$code"'
  line=
  if [ -t 0 ] && [ -t 1 ]; then
    quote "$directory"
    line="cd $quoted || exit 126; exec env --default-signal=INT,QUIT"
    if [ -n "${SHELL-}" ]; then quote "SHELL=$SHELL"; else quoted='--unset=SHELL'; fi
    line="$line $quoted"
    for word; do
      quote "$word"
      line="$line $quoted"
    done
  fi
  if [ "$own" = 1 ]; then
    # A host with a user namespace of its own may have put its own sh in the place of the machine's. What waits outside of
    # its processes sees those of the caller: that must be the machine's sh, and script(1) goes in with the command.
    # shellcheck disable=SC2086 # several options, or none
    exec nsenter --target "$pid" $credentials --uts --ipc --net --pid --no-fork -- /bin/sh -c "$wait" warren \
      setpriv --pdeathsig KILL nsenter --target "$pid" --mount -- \
      /bin/sh -c "${begin}exec env \"\$@\"" warren "$directory" "$line" "$@"
  fi
  # shellcheck disable=SC2086 # several options, or none
  exec nsenter --target "$pid" $credentials --mount --uts --ipc --net --pid --no-fork -- \
    /bin/sh -c "$begin$wait" warren "$directory" "$line" "$@"
}

# A word as a shell reads it back -> $quoted
quote() { # WORD
  rest=$1 quoted=
  while :; do
    case $rest in
      *\'*) quoted="$quoted${rest%%\'*}'\\''" rest=${rest#*\'} ;;
      *) break ;;
    esac
  done
  quoted="'$quoted$rest'"
}

if [ -n "$help" ]; then
  help_"$help"
  exit 0
fi
# Under cwrap the host is what the variables of its libraries say: this process becomes the command.
enter_wrapped() { # [NAME=VALUE...] -- COMMAND...
  while read -r program reason; do
    if [ "$program" = "${command_name##*/}" ]; then fail 125 "$program: $reason; this lab runs under cwrap"; fi
  done <"$wrapped/refused"
  if [ -n "$user" ] && [ ! -r "$wrapped/users/$user" ]; then fail 125 "no user \"$user\" in host $host"; fi
  cd "$directory" || exit 126
  if [ -n "$user" ]; then
    IFS=: read -r _ _ user_id _ _ HOME SHELL <<EOF
$(grep "^$user:" "$wrapped/passwd")
EOF
    export HOME SHELL USER="$user" LOGNAME="$user"
  fi
  while [ "$1" != -- ]; do
    # shellcheck disable=SC2163 # the variable that the word names
    export "$1"
    shift
  done
  shift
  # shellcheck disable=SC1091 # made with the host
  . "$wrapped/enter"
  # shellcheck disable=SC1090 # made with the host
  if [ -n "$user" ] && [ "$user_id" != 0 ]; then . "$wrapped/users/$user"; fi
  # A user is lost to a program that becomes another: the shell itself, not one that looks for it.
  if [ "$verb" = shell ]; then
    if [ -x /bin/bash ]; then exec /bin/bash; fi
    exec /bin/sh
  fi
  exec "$@"
}

if [ -n "$wrapped" ]; then
  command_name=$1
  set -- -- "$@"
  turns=$variables
  # Those of --env stand behind: they come to the front, in their order.
  all=$#
  kept=$((all - turns))
  while [ $kept -gt 0 ]; do
    set -- "$@" "$1"
    shift
    kept=$((kept - 1))
  done
  enter_wrapped "$@"
fi

identity=
if [ -n "$user" ]; then
  # shellcheck disable=SC2086 # several options, or none
  entry=$(nsenter --target "$pid" $credentials --mount --uts --ipc --net --pid getent passwd "$user") ||
    fail 125 "no user \"$user\" in host $host"
  IFS=: read -r _ _ user_id group_id _ user_home user_shell <<EOF
$entry
EOF
  # With a single id the kernel lets nobody set groups (user_namespaces(7)).
  read -r setgroups </proc/"$pid"/setgroups 2>/dev/null || setgroups=
  case $setgroups in
    deny) identity="--reuid=$user_id --regid=$group_id --keep-groups" ;;
    *) identity="--reuid=$user_id --regid=$group_id --init-groups" ;;
  esac
fi
# shellcheck disable=SC2086 # several options, or none
set -- setpriv --pdeathsig KILL $identity -- "$@"
# The variables that were kept behind come to the front.
turns=$(($# - variables))
while [ $turns -gt 0 ]; do
  set -- "$@" "$1"
  shift
  turns=$((turns - 1))
done
if [ -n "$user" ]; then set -- "HOME=$user_home" "USER=$user" "LOGNAME=$user" "SHELL=$user_shell" "$@"; fi
enter "$@"
