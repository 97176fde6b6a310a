# Where the labs that run are: as the launcher finds it.
_warren_runtime() {
  if [ -n "${XDG_RUNTIME_DIR-}" ] && [ -O "$XDG_RUNTIME_DIR" ] && [ -w "$XDG_RUNTIME_DIR" ]; then
    printf '%s\n' "$XDG_RUNTIME_DIR/warren"
  elif [ -w /run ]; then
    printf '%s\n' /run/warren
  elif [ -w "/run/user/$(id -u)" ]; then
    printf '%s\n' "/run/user/$(id -u)/warren"
  else
    printf '%s\n' "/tmp/warren-$(id -u)"
  fi
}

# Labs, hosts, networks or services that there are now, each followed by a tab and what it is.
_warren_running() { # KIND CURRENT-WORD [LAB/]HOST
  local runtime folder lab host other several network service
  runtime=$(_warren_runtime)
  if [ ! -O "$runtime" ] || [ -L "$runtime" ]; then return; fi
  for folder in "$runtime"/*/; do
    if [ ! -f "$folder/pid" ]; then continue; fi
    lab=${folder%/}
    lab=${lab##*/}
    case $1 in
      lab) printf '%s\t%s\n' "$lab" 'a running lab' ;;
      host)
        for host in "$folder"hosts/*; do
          if [ ! -f "$host" ]; then continue; fi
          host=${host##*/}
          several=
          for other in "$runtime"/*/hosts/"$host"; do
            if [ "$other" != "${folder}hosts/$host" ]; then several=yes; fi
          done
          if [ -z "$several" ]; then printf '%s\t%s\n' "$host" "host of lab $lab"; fi
          if [ -n "$several" ] || [ -n "$2" ]; then printf '%s\t%s\n' "$lab/$host" "host of lab $lab"; fi
        done
        ;;
      network)
        if [ ! -f "${folder}networks" ]; then continue; fi
        while read -r network; do
          printf '%s\t%s\n' "$network" "network of lab $lab"
        done <"${folder}networks"
        ;;
      service)
        case $3 in
          "$lab"/*) ;;
          */*) continue ;;
        esac
        if [ ! -f "${folder}services" ]; then continue; fi
        while read -r host service; do
          if [ "$host" = "${3#*/}" ]; then printf '%s\t%s\n' "$service" "service of host $lab/$host"; fi
        done <"${folder}services"
        ;;
    esac
  done
}

# Testenvs of the catalogue that the command line names.
_warren_testenvs() {
  local folder
  case $_warren_catalogue in
    */*) folder=$_warren_catalogue ;;
    ?*) folder=$_warren_catalogues/$_warren_catalogue ;;
    *)
      # A plan that is called CATALOGUE/NAME says which one.
      folder=$_warren_catalogues/samba
      case $_warren_path/$_warren_first in
        test/*/*) if [ -d "$_warren_catalogues/${_warren_first%/*}" ]; then folder=$_warren_catalogues/${_warren_first%/*}; fi ;;
      esac
      ;;
  esac
  if [ -f "$folder/catalogue.yaml" ]; then
    LC_ALL=C awk '@TESTENVS@' "$folder"/*.yaml
  fi
}

# Plans of Warren's catalogues.
_warren_plans() { # CURRENT-WORD
  local plan folder name
  for plan in "$_warren_catalogues"/*/plans/*; do
    case $plan in
      *.plan | *.yaml) ;;
      *) continue ;;
    esac
    folder=${plan%/plans/*}
    name=${plan##*/}
    name=${folder##*/}/${name%.*}
    case $name in
      "$1"*) printf '%s\t%s\n' "$name" 'plan of a catalogue' ;;
    esac
  done
}

# Snapshots, and the testenvs that have some.
_warren_snapshots() {
  local cache folder name testenv last
  case ${XDG_CACHE_HOME-} in
    /*) cache=$XDG_CACHE_HOME ;;
    *) cache=${HOME-}/.cache ;;
  esac
  last=
  for folder in "$cache"/warren/snapshots/*/; do
    if [ ! -d "$folder" ]; then continue; fi
    name=${folder%/}
    name=${name##*/}
    testenv=${name%-*}
    if [ "$testenv" != "$last" ]; then printf '%s\t%s\n' "$testenv" 'all snapshots of this testenv'; fi
    last=$testenv
    printf '%s\t%s\n' "$name" "snapshot of $testenv"
  done
}

# Candidates for the last of several words with commas between them, each with those before it.
_warren_after_comma() { # CURRENT-WORD
  local line
  while IFS= read -r line; do
    printf '%s\n' "${1%"${1##*,}"}$line"
  done
}

# Reads the words before the one to complete -> $_warren_path (the command), $_warren_index (how many arguments it has),
# $_warren_first (the first of them), $_warren_option (the option whose value comes next), $_warren_guest (the words are a
# command's in a host), $_warren_catalogue (what --catalogue says)
_warren_parse() { # WORD...
  local word newline tab
  newline='
' tab='	'
  _warren_path='' _warren_option='' _warren_first='' _warren_index=0 _warren_guest='' _warren_catalogue=''
  for word in "$@"; do
    if [ -n "$_warren_option" ]; then
      if [ "$_warren_option" = --catalogue ]; then _warren_catalogue=$word; fi
      _warren_option=
      continue
    fi
    if [ -z "$_warren_guest" ]; then
      case $word in
        --) continue ;;
        --catalogue=*)
          _warren_catalogue=${word#*=}
          continue
          ;;
        --*=*) continue ;;
        -?*)
          if [ -n "$(_warren_value "$_warren_path $word")" ]; then _warren_option=$word; fi
          continue
          ;;
      esac
      if [ "$_warren_index" = 0 ]; then
        case "$newline$(_warren_commands "$_warren_path")" in
          *"$newline$word$tab"*)
            _warren_path=${_warren_path:+$_warren_path }$word
            continue
            ;;
        esac
      fi
    elif [ "$word" = -- ] && [ "$_warren_index" = 1 ]; then
      continue
    fi
    if [ "$_warren_index" = 0 ]; then _warren_first=$word; fi
    _warren_index=$((_warren_index + 1))
    case $(_warren_value "$_warren_path #$_warren_index") in
      command | arguments) _warren_guest=yes ;;
    esac
  done
}

# What the current word can be -> $_warren_kind: file, folder, command, arguments, or list, which are the lines of
# $_warren_lines: a word, a tab, what it means.
_warren_complete() { # CURRENT-WORD WORD-BEFORE...
  local current
  current=$1
  shift
  _warren_parse "$@"
  _warren_lines=
  if [ -n "$_warren_option" ]; then
    _warren_kind=$(_warren_value "$_warren_path $_warren_option")
  else
    case $_warren_guest$current in
      -*) _warren_kind=options ;;
      *)
        _warren_kind=$(_warren_value "$_warren_path #$_warren_index")
        if [ -z "$_warren_kind" ] && [ "$_warren_index" = 0 ]; then _warren_kind=commands; fi
        ;;
    esac
  fi
  case $_warren_kind in
    file | folder | command | arguments) return ;;
    options) _warren_lines=$(_warren_options "$_warren_path") ;;
    commands) _warren_lines=$(_warren_commands "$_warren_path") ;;
    topics) _warren_lines=$(_warren_commands '') ;;
    words*) _warren_lines=$(printf '%s\n' "${_warren_kind#words }" | tr ' ' '\n') ;;
    group) _warren_lines=$(_warren_running host '' | _warren_after_comma "$current") ;;
    testenv) _warren_lines=$(_warren_testenvs) ;;
    testenvs) _warren_lines=$(_warren_testenvs | _warren_after_comma "$current") ;;
    snapshot) _warren_lines=$(_warren_snapshots) ;;
    plan)
      _warren_lines=$(_warren_plans "$current")
      # A plan may be any file, too.
      if [ -z "$_warren_lines" ]; then
        _warren_kind='file'
        return
      fi
      ;;
    *) _warren_lines=$(_warren_running "$_warren_kind" "$current" "$_warren_first") ;;
  esac
  _warren_kind=list
}
