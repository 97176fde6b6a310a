# Sourced by java.sh: the AOT cache (JEP 514), the JVM's memory of the classes that a start needs. It is bound to the JDK, the
# jars and the options by a file beside it, warren.aot.key; the JVM checks the same by itself, and goes without where the
# cache is of no use. Nothing here may hinder a command, so nothing says a word.
# shellcheck shell=sh disable=SC2154,SC2031 # the launcher's variables and functions; what a subshell changes is its own

# The options that the cache depends on. C1 and the serial collector start fastest.
jvm_options='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData --enable-native-access=dev.warren.linux'

# What a cache was made from: paths and options, then sizes and times of the JDK's files, the jars and the cache itself,
# which might have been cut short. -> $key, or false where something is not there
read_key() { # CACHE
  key=$(stat -L -c '%s %.9Y' -- "$jdk/lib/modules" "$jdk/lib/server/libjvm.so" "$library"/*.jar "$1" 2>/dev/null) || return 1
  key="$jdk
$library
$jvm_options
$key
"
}

# Whether a cache is there and belongs to these jars; also an empty one, for an hour.
is_fresh() { # CACHE
  if [ ! -r "$1" ] || [ ! -r "$1.key" ]; then return 1; fi
  if [ ! -s "$1" ] && [ -n "$(find "$1" -mmin +60 2>/dev/null)" ]; then return 1; fi
  read_key "$1" || return 1
  made_from=
  while IFS= read -r line; do
    made_from="$made_from$line
"
  done <"$1.key"
  [ "$key" = "$made_from" ]
}

# Whether a cache may be used: what lies beside the jars is trusted as they are, elsewhere only what is the caller's own.
is_usable() { # CACHE
  case $1 in
    "${library%/lib}"/*) ;;
    *) if [ ! -O "$1" ] || [ ! -O "$1.key" ]; then return 1; fi ;;
  esac
  is_fresh "$1"
}

# Where the cache is or will be -> $cache: beside the jars, or in the caller's own cache where those are not the caller's.
#   Nothing is ever written into a folder of somebody else: also root's HOME may be that, under sudo. -> '' where there is
#   no place
find_cache() {
  cache=${library%/lib}/warren.aot
  if is_fresh "$cache"; then return; fi
  if [ -O "${library%/lib}" ]; then return 1; fi
  case ${XDG_CACHE_HOME-} in
    /*) cache=$XDG_CACHE_HOME ;;
    *) cache=${HOME-}/.cache ;;
  esac
  for place in "$cache" "${cache%/*}"; do
    if [ -e "$place" ]; then break; fi
  done
  if [ ! -O "$place" ]; then
    cache=
    return 1
  fi
  cache=$cache/warren/aot
  if [ -e "$cache" ] && { [ ! -O "$cache" ] || [ -L "$cache" ]; }; then
    cache=
    return 1
  fi
  # The path of the jars as the name of a file.
  cache=$cache/$(printf %s "$library" | tr / _).aot
  is_usable "$cache"
}

# A run of the everyday commands makes the cache. One Warren at a time; who comes later goes without. What a killed one
# left has a fixed name, and the next one's takes its place.
make_cache() { # CACHE
  if [ ! -r "$jdk/lib/modules" ]; then return; fi # no JDK as we know them
  making=$1 folder=${1%/*}
  # Beside the jars it is for all who may use those; in the caller's own cache, for nobody else.
  case $folder in
    "${library%/lib}") umask 022 ;;
    *) umask 077 ;;
  esac
  mkdir -p "$folder"
  if [ ! -O "$folder" ] || [ ! -w "$folder" ]; then return; fi
  exec 9<"$folder"
  flock --nonblock 9 || return
  if is_usable "$1"; then return; fi
  rm -f "$1" "$1.key" "$folder"/*.new "$folder"/*.new.config
  forget_caches "$folder"
  has_space "$folder" || return
  # An empty cache says that none can be made, until this one is: a JVM that cannot is not asked at each command.
  : >"$1" || return
  bind_cache "$1" || return
  make_runtime
  training=$(mktemp -d "$runtime/.training.$$.XXXXXX") || return
  trainer='' interrupted=yes
  trap 'if [ -n "$trainer" ]; then kill "$trainer"; fi
    rm -rf "$training" "$making.new" "$making.new.config" "$making.key.new"
    if [ -n "$interrupted" ]; then rm -f "$making.key"; fi' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  {
    printf 'lab: training\nhosts:\n'
    printf '  h%s:\n' 1 2 3 4 5 6 7 8 9 10
  } >"$training/lab.yaml"
  unshare=$(find_unshare && printf %s "$unshare") || unshare=
  train "$training" "$1.new" &
  trainer=$!
  wait "$trainer"
  trainer='' interrupted=
  # The JVM's last word: without it the disk may have been full.
  if grep -q 'AOTCache creation is complete' "$training/said" && [ -s "$1.new" ]; then
    rm -f "$1.key" && mv -f "$1.new" "$1" && bind_cache "$1"
  fi
}

bind_cache() { # CACHE
  read_key "$1" && printf %s "$key" >"$1.key.new" && mv -f "$1.key.new" "$1.key"
}

# The JVM writes what it saw and then the cache: some 80 MB for a moment, 40 MB in the end.
has_space() { # FOLDER
  df -Pk -- "$1" | {
    read -r _
    read -r _ _ _ available _
    [ "${available:-0}" -ge 150000 ]
  }
}

# Caches of jars that are no more.
forget_caches() { # FOLDER
  for old in "$1"/*.aot.key; do
    if [ ! -r "$old" ]; then continue; fi
    {
      IFS= read -r old_jdk
      IFS= read -r old_library
    } <"$old"
    if [ ! -x "$old_jdk/bin/java" ] || [ ! -d "$old_library" ]; then rm -f "${old%.key}" "$old"; fi
  done
}

# A runtime directory of its own: nobody else is to see that lab. Only in a subshell.
train() { # FOLDER CACHE
  # shellcheck disable=SC2034 # with_java's
  runtime=$1/run terminal='' ready=yes log=$1/log main=Training cache='' cache_output=$2
  make_runtime
  : >"$log"
  with_java in_training "$1/lab.yaml" 3>/dev/null >"$1/said" 2>&1
}

in_training() { # JAVA...
  # shellcheck disable=SC2086 # a command with options, or none
  exec env -u JAVA_TOOL_OPTIONS -u JDK_AOT_VM_OPTIONS -u JDK_JAVA_OPTIONS -u _JAVA_OPTIONS \
    nice timeout --kill-after=10 120 $unshare ${unshare:+--} "$@"
}

make_cache_now() { # CACHE
  if [ -z "$1" ]; then return; fi
  (make_cache "$1") </dev/null >/dev/null 2>&1
}

# As the child of nobody here: the caller's command goes on at once, and need not wait for it in the end.
make_cache_aside() { # CACHE
  if [ -z "$1" ]; then return; fi
  (make_cache "$1" &) </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&-
}
