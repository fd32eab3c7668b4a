# Prints what zsh offers for a command line: complete.zsh FOLDER-WITH-_kfix "kfix so"
# An interactive zsh in a terminal of its own; what its completion would add is written to a file instead.
zmodload zsh/zpty
out=$(mktemp)
zpty z zsh -f -i
zpty -w z "PROMPT= out=$out; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -d $out.dump"
zpty -w z 'compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-[OAD]\ * ]]; then builtin compadd "$@"; return; fi
  local -a offered; builtin compadd -A offered "$@"; print -rl -- $offered >> $out
}; comppostfuncs=(exit); bindkey "^I" complete-word; print ready'
while zpty -r z line && [[ $line != ready* ]]; do :; done
zpty -w -n z "$2"$'\t'
while zpty -r z line; do :; done
sort -u $out
rm -f $out $out.dump
