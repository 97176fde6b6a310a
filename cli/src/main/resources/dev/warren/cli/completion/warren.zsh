#compdef warren
# Completion of `warren` for zsh. Made by `warren completion zsh`; to have it in every shell, in a folder of $fpath:
#   warren completion zsh > ~/.zfunc/_warren

@COMMON@

_warren() {
  local line
  local -a found
  () {
    emulate -L sh
    case $1 in
      --*=*) _warren_complete "${1#*=}" "${@:2}" "${1%%=*}" ;;
      *) _warren_complete "$@" ;;
    esac
  } "$words[CURRENT]" "${(@)words[2,CURRENT-1]}"
  if [[ $words[CURRENT] == --*=* ]]; then compset -P '*='; fi
  case $_warren_kind in
    file | arguments) _files ;;
    folder) _files -/ ;;
    command) _command_names -e ;;
    *)
      for line in "${(@f)_warren_lines}"; do
        if [[ -n $line ]]; then found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}"); fi
      done
      if [[ $PREFIX == -* ]]; then _describe -o option found; else _describe warren found; fi
      ;;
  esac
}

# Autoloaded from $fpath this file is the function's first call; sourced it is not.
if [ "$funcstack[1]" = _warren ]; then
  _warren "$@"
else
  compdef _warren warren
fi
