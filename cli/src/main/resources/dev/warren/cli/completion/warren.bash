# Completion of `warren` for bash. Made by `warren completion bash`; to have it in every shell:
#   warren completion bash > ~/.local/share/bash-completion/completions/warren

@COMMON@

_warren() {
  local current word before=() i
  current=${COMP_WORDS[COMP_CWORD]}
  # bash takes --user=ada apart into three words.
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [ "$word" = = ] && [ ${#before[@]} -gt 0 ] && ((i < COMP_CWORD - 1)); then
      before[${#before[@]} - 1]+=$word${COMP_WORDS[++i]}
    elif [ "$word" != = ]; then
      before+=("$word")
    fi
  done
  if [ "$current" = = ]; then current=; fi
  _warren_complete "$current" "${before[@]}"
  COMPREPLY=()
  case $_warren_kind in
    file | arguments) _warren_from -o filenames compgen -f -- "$current" ;;
    folder) _warren_from -o filenames compgen -d -- "$current" ;;
    command) _warren_from +o filenames compgen -c -- "$current" ;;
    *)
      while IFS=$'\t' read -r word _; do
        if [ -n "$word" ] && [[ $word == "$current"* ]]; then COMPREPLY+=("$word"); fi
      done <<<"$_warren_lines"
      ;;
  esac
}

_warren_from() { # compopt's two words, then a command that prints candidates
  compopt "$1" "$2" 2>/dev/null
  mapfile -t COMPREPLY < <("${@:3}")
}

complete -F _warren warren
