#!/bin/bash
# Whether Samba's testenvs come up here and what its suites say: runs plans, each with all testenvs set up anew and then from
# snapshots, and writes what came of it as tables (`warren report --table`). Takes hours.
#
#   bench/results.sh [FOLDER [PLAN...]]   as root or not; the results of all runs are below FOLDER (default: target/results)
#   CI_USER=NAME                          as root: runs all of it once more as this user, who has a range in /etc/subuid
#   JOBS=2                                how many suites at a time (default: 1, which says best how long set-ups take)
#   TABLE=FILE                            where the tables go (default: catalogue/samba/RESULTS.md)
#
# The plans are samba/quick, samba/members, samba/controllers, samba/backups and samba/testenvs, unless others are given. The
# exit code is 1 when a suite failed somewhere; the tables say which.
set -euo pipefail

cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:-target/results}")
plans=("${@:2}")
if [ ${#plans[@]} = 0 ]; then
  plans=(samba/quick samba/members samba/controllers samba/backups samba/testenvs)
fi
jobs=${JOBS:-1}
table=${TABLE:-catalogue/samba/RESULTS.md}
user=${CI_USER-}
runs=()
failed=0

fail() { # MESSAGE
  echo "bench/results.sh: $1" >&2
  exit 2
}

as_user() { # COMMAND...
  (unset XDG_RUNTIME_DIR XDG_CACHE_HOME && # root's
    runuser -u "$user" -- env HOME="$home" USER="$user" LOGNAME="$user" "$@")
}

# A suite that fails ends with 1, which is what the tables are for; anything else ends all.
run() { # RESULTS OPTION...
  local results=$1 code=0
  printf '\n=== %s\n' "${results#"$folder"/}"
  "${who[@]}" ./warren test --results="$results" --jobs="$jobs" "${@:2}" </dev/null || code=$?
  case $code in
    0) ;;
    1) failed=1 ;;
    *) exit "$code" ;;
  esac
  runs+=("$results")
}

all_plans() { # FOLDER
  local plan results
  for plan in "${plans[@]}"; do
    results=$1/${plan//[^A-Za-z0-9.-]/_}
    run "$results-fresh" --fresh "$plan"
    run "$results-snapshots" "$plan"
  done
}

mkdir -p "$folder"
if [ "$(id -u)" != 0 ]; then
  user=
fi
if [ -n "$user" ]; then
  home=$(getent passwd "$user" | cut -d: -f6) || fail "there is no user $user"
  grep -q "^$user:" /etc/subuid || fail "$user has no range in /etc/subuid: usermod --add-subuids 100000-165535 $user"
  install -d --owner="$user" "$folder/user"
  as_user test -r "$PWD/catalogue/samba/catalogue.yaml" || fail "$user cannot read $PWD"
  as_user test -w "$folder/user" || fail "$user cannot write to $folder/user: name a folder to which all have a way"
fi
./warren --version >/dev/null # builds it, where it is not built

who=(env)
if [ "$(id -u)" = 0 ]; then
  all_plans "$folder/root"
else
  all_plans "$folder/user"
fi
if [ -n "$user" ]; then
  who=(as_user)
  all_plans "$folder/user"
fi
./warren report --table "${runs[@]}" >"$folder/RESULTS.md"
if [ -e "$table" ]; then
  # What follows comes from elsewhere: that part by hand, and the next by bench/samba-verdicts.sh.
  sed -n "/^## Under cwrap/,\$p" "$table" >"$folder/beside.md"
  { echo && cat "$folder/beside.md"; } >>"$folder/RESULTS.md"
fi
cp "$folder/RESULTS.md" "$table"
printf '\n%s\n' "$table"
exit "$failed"
