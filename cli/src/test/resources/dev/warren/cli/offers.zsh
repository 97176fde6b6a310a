# zsh -f offers.zsh SCRIPT LINE RESULT: writes what zsh offers at the end of the line to a file, after it "END".
zmodload zsh/zpty
script=$1 line=$2 result=$3
zpty shell zsh -f -i
zpty -w shell "PROMPT=; HISTFILE=; autoload -Uz compinit; compinit -u -D; source ${(q)script}"
# All that is offered goes through compadd; with -O, -A or -D it only sorts.
zpty -w shell 'compadd() {
  local -a hits
  case " $* " in *" -O "*|*" -A "*|*" -D "*) builtin compadd "$@"; return ;; esac
  builtin compadd -A hits "$@"
  print -rl -- $hits >>'${(q)result}'
  builtin compadd "$@"
}'
zpty -w shell 'capture() { _main_complete; print -r -- END >>'${(q)result}' }; zle -C capture complete-word capture
bindkey "^I" capture; print REA""DY'
zpty -r shell output '*READY*'
zpty -w -n shell "$line"$'\t'
for i in {1..400}; do
  if [[ -f $result && $(tail -n 1 $result) == END ]]; then break; fi
  sleep 0.05
done
zpty -d shell
